-- The sections of a résumé, by JSON Resume 1.0. Their dates are partial, and therefore text.

CREATE TABLE resume_social_profiles (
    id uuid DEFAULT gen_random_uuid() NOT NULL, profile_id uuid NOT NULL,
    sort_order integer DEFAULT 0 NOT NULL, network varchar(100) DEFAULT '' NOT NULL,
    username varchar(200) DEFAULT '' NOT NULL, url varchar(2000),
    CONSTRAINT pk_resume_social_profiles PRIMARY KEY (id),
    CONSTRAINT ck_resume_social_profiles_url_http CHECK (url ~* '^https?://[^[:space:]]+$'),
    CONSTRAINT fk_resume_social_profiles_profile_id FOREIGN KEY (profile_id) REFERENCES
        profiles (id) ON DELETE CASCADE
);
CREATE INDEX ix_resume_social_profiles_profile_id
    ON resume_social_profiles (profile_id, sort_order, id);

CREATE TABLE resume_work (
    id uuid DEFAULT gen_random_uuid() NOT NULL, profile_id uuid NOT NULL,
    sort_order integer DEFAULT 0 NOT NULL, name varchar(200) DEFAULT '' NOT NULL,
    location varchar(200) DEFAULT '' NOT NULL, description varchar(10000) DEFAULT '' NOT NULL,
    position varchar(200) DEFAULT '' NOT NULL, url varchar(2000), start_date varchar(10),
    end_date varchar(10), summary varchar(10000) DEFAULT '' NOT NULL,
    highlights text[] DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_resume_work PRIMARY KEY (id),
    CONSTRAINT ck_resume_work_url_http CHECK (url ~* '^https?://[^[:space:]]+$'),
    CONSTRAINT ck_resume_work_start_date_shape CHECK (start_date ~
        '^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'),
    CONSTRAINT ck_resume_work_end_date_shape CHECK (end_date ~
        '^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'),
    CONSTRAINT ck_resume_work_dates_in_order CHECK (left(end_date, least(length(start_date),
        length(end_date))) COLLATE "C" >= left(start_date, least(length(start_date),
        length(end_date))) COLLATE "C"),
    CONSTRAINT ck_resume_work_highlights_size CHECK (cardinality(highlights) <= 100 AND
        array_position(highlights, NULL) IS NULL),
    CONSTRAINT fk_resume_work_profile_id FOREIGN KEY (profile_id) REFERENCES profiles (id) ON
        DELETE CASCADE
);
CREATE INDEX ix_resume_work_profile_id ON resume_work (profile_id, sort_order, id);

CREATE TABLE resume_volunteer (
    id uuid DEFAULT gen_random_uuid() NOT NULL, profile_id uuid NOT NULL,
    sort_order integer DEFAULT 0 NOT NULL, organization varchar(200) DEFAULT '' NOT NULL,
    position varchar(200) DEFAULT '' NOT NULL, url varchar(2000), start_date varchar(10),
    end_date varchar(10), summary varchar(10000) DEFAULT '' NOT NULL,
    highlights text[] DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_resume_volunteer PRIMARY KEY (id),
    CONSTRAINT ck_resume_volunteer_url_http CHECK (url ~* '^https?://[^[:space:]]+$'),
    CONSTRAINT ck_resume_volunteer_start_date_shape CHECK (start_date ~
        '^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'),
    CONSTRAINT ck_resume_volunteer_end_date_shape CHECK (end_date ~
        '^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'),
    CONSTRAINT ck_resume_volunteer_dates_in_order CHECK (left(end_date,
        least(length(start_date), length(end_date))) COLLATE "C" >= left(start_date,
        least(length(start_date), length(end_date))) COLLATE "C"),
    CONSTRAINT ck_resume_volunteer_highlights_size CHECK (cardinality(highlights) <= 100 AND
        array_position(highlights, NULL) IS NULL),
    CONSTRAINT fk_resume_volunteer_profile_id FOREIGN KEY (profile_id) REFERENCES profiles
        (id) ON DELETE CASCADE
);
CREATE INDEX ix_resume_volunteer_profile_id ON resume_volunteer (profile_id, sort_order, id);

CREATE TABLE resume_education (
    id uuid DEFAULT gen_random_uuid() NOT NULL, profile_id uuid NOT NULL,
    sort_order integer DEFAULT 0 NOT NULL, institution varchar(200) DEFAULT '' NOT NULL,
    url varchar(2000), area varchar(200) DEFAULT '' NOT NULL,
    study_type varchar(200) DEFAULT '' NOT NULL, start_date varchar(10), end_date varchar(10),
    score varchar(100) DEFAULT '' NOT NULL, courses text[] DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_resume_education PRIMARY KEY (id),
    CONSTRAINT ck_resume_education_url_http CHECK (url ~* '^https?://[^[:space:]]+$'),
    CONSTRAINT ck_resume_education_start_date_shape CHECK (start_date ~
        '^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'),
    CONSTRAINT ck_resume_education_end_date_shape CHECK (end_date ~
        '^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'),
    CONSTRAINT ck_resume_education_dates_in_order CHECK (left(end_date,
        least(length(start_date), length(end_date))) COLLATE "C" >= left(start_date,
        least(length(start_date), length(end_date))) COLLATE "C"),
    CONSTRAINT ck_resume_education_courses_size CHECK (cardinality(courses) <= 100 AND
        array_position(courses, NULL) IS NULL),
    CONSTRAINT fk_resume_education_profile_id FOREIGN KEY (profile_id) REFERENCES profiles
        (id) ON DELETE CASCADE
);
CREATE INDEX ix_resume_education_profile_id ON resume_education (profile_id, sort_order, id);

CREATE TABLE resume_awards (
    id uuid DEFAULT gen_random_uuid() NOT NULL, profile_id uuid NOT NULL,
    sort_order integer DEFAULT 0 NOT NULL, title varchar(200) DEFAULT '' NOT NULL,
    date varchar(10), awarder varchar(200) DEFAULT '' NOT NULL,
    summary varchar(10000) DEFAULT '' NOT NULL,
    CONSTRAINT pk_resume_awards PRIMARY KEY (id),
    CONSTRAINT ck_resume_awards_date_shape CHECK (date ~
        '^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'),
    CONSTRAINT fk_resume_awards_profile_id FOREIGN KEY (profile_id) REFERENCES profiles (id)
        ON DELETE CASCADE
);
CREATE INDEX ix_resume_awards_profile_id ON resume_awards (profile_id, sort_order, id);

CREATE TABLE resume_certificates (
    id uuid DEFAULT gen_random_uuid() NOT NULL, profile_id uuid NOT NULL,
    sort_order integer DEFAULT 0 NOT NULL, name varchar(200) DEFAULT '' NOT NULL,
    date varchar(10), issuer varchar(200) DEFAULT '' NOT NULL, url varchar(2000),
    CONSTRAINT pk_resume_certificates PRIMARY KEY (id),
    CONSTRAINT ck_resume_certificates_url_http CHECK (url ~* '^https?://[^[:space:]]+$'),
    CONSTRAINT ck_resume_certificates_date_shape CHECK (date ~
        '^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'),
    CONSTRAINT fk_resume_certificates_profile_id FOREIGN KEY (profile_id) REFERENCES profiles
        (id) ON DELETE CASCADE
);
CREATE INDEX ix_resume_certificates_profile_id ON resume_certificates (profile_id, sort_order, id);

CREATE TABLE resume_publications (
    id uuid DEFAULT gen_random_uuid() NOT NULL, profile_id uuid NOT NULL,
    sort_order integer DEFAULT 0 NOT NULL, name varchar(200) DEFAULT '' NOT NULL,
    publisher varchar(200) DEFAULT '' NOT NULL, release_date varchar(10), url varchar(2000),
    summary varchar(10000) DEFAULT '' NOT NULL,
    CONSTRAINT pk_resume_publications PRIMARY KEY (id),
    CONSTRAINT ck_resume_publications_url_http CHECK (url ~* '^https?://[^[:space:]]+$'),
    CONSTRAINT ck_resume_publications_release_date_shape CHECK (release_date ~
        '^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'),
    CONSTRAINT fk_resume_publications_profile_id FOREIGN KEY (profile_id) REFERENCES profiles
        (id) ON DELETE CASCADE
);
CREATE INDEX ix_resume_publications_profile_id ON resume_publications (profile_id, sort_order, id);

CREATE TABLE resume_skills (
    id uuid DEFAULT gen_random_uuid() NOT NULL, profile_id uuid NOT NULL,
    sort_order integer DEFAULT 0 NOT NULL, name varchar(200) DEFAULT '' NOT NULL,
    level varchar(100) DEFAULT '' NOT NULL, keywords text[] DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_resume_skills PRIMARY KEY (id),
    CONSTRAINT ck_resume_skills_keywords_size CHECK (cardinality(keywords) <= 100 AND
        array_position(keywords, NULL) IS NULL),
    CONSTRAINT fk_resume_skills_profile_id FOREIGN KEY (profile_id) REFERENCES profiles (id)
        ON DELETE CASCADE
);
CREATE INDEX ix_resume_skills_profile_id ON resume_skills (profile_id, sort_order, id);

CREATE TABLE resume_languages (
    id uuid DEFAULT gen_random_uuid() NOT NULL, profile_id uuid NOT NULL,
    sort_order integer DEFAULT 0 NOT NULL, language varchar(100) DEFAULT '' NOT NULL,
    fluency varchar(100) DEFAULT '' NOT NULL,
    CONSTRAINT pk_resume_languages PRIMARY KEY (id),
    CONSTRAINT fk_resume_languages_profile_id FOREIGN KEY (profile_id) REFERENCES profiles
        (id) ON DELETE CASCADE
);
CREATE INDEX ix_resume_languages_profile_id ON resume_languages (profile_id, sort_order, id);

CREATE TABLE resume_interests (
    id uuid DEFAULT gen_random_uuid() NOT NULL, profile_id uuid NOT NULL,
    sort_order integer DEFAULT 0 NOT NULL, name varchar(200) DEFAULT '' NOT NULL,
    keywords text[] DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_resume_interests PRIMARY KEY (id),
    CONSTRAINT ck_resume_interests_keywords_size CHECK (cardinality(keywords) <= 100 AND
        array_position(keywords, NULL) IS NULL),
    CONSTRAINT fk_resume_interests_profile_id FOREIGN KEY (profile_id) REFERENCES profiles
        (id) ON DELETE CASCADE
);
CREATE INDEX ix_resume_interests_profile_id ON resume_interests (profile_id, sort_order, id);

CREATE TABLE resume_references (
    id uuid DEFAULT gen_random_uuid() NOT NULL, profile_id uuid NOT NULL,
    sort_order integer DEFAULT 0 NOT NULL, name varchar(200) DEFAULT '' NOT NULL,
    reference varchar(10000) DEFAULT '' NOT NULL,
    CONSTRAINT pk_resume_references PRIMARY KEY (id),
    CONSTRAINT fk_resume_references_profile_id FOREIGN KEY (profile_id) REFERENCES profiles
        (id) ON DELETE CASCADE
);
CREATE INDEX ix_resume_references_profile_id ON resume_references (profile_id, sort_order, id);
