-- Profiles, projects and API tokens.

CREATE FUNCTION lower_all(words text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(array_agg(lower(word) ORDER BY place), '{}')
    FROM unnest(words) WITH ORDINALITY AS listed (word, place)
);

CREATE TABLE profiles (
    id uuid DEFAULT gen_random_uuid() NOT NULL, slug varchar(80) NOT NULL,
    name varchar(200) NOT NULL, label varchar(200) DEFAULT '' NOT NULL, image varchar(2000),
    email varchar(254), phone varchar(100), url varchar(2000),
    summary varchar(10000) DEFAULT '' NOT NULL, address varchar(200), postal_code varchar(100),
    city varchar(100), country_code varchar(2), region varchar(100),
    visibility varchar(10) DEFAULT 'draft' NOT NULL, is_default boolean DEFAULT false NOT NULL,
    show_email boolean DEFAULT false NOT NULL, show_phone boolean DEFAULT false NOT NULL,
    show_address boolean DEFAULT false NOT NULL, created_at timestamptz DEFAULT now() NOT NULL,
    updated_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT pk_profiles PRIMARY KEY (id),
    CONSTRAINT ck_profiles_slug_shape CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT ck_profiles_slug_not_uuid CHECK (slug !~
        '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'),
    CONSTRAINT ck_profiles_name_not_blank CHECK (btrim(name) <> ''),
    CONSTRAINT ck_profiles_image_http CHECK (image ~* '^https?://[^[:space:]]+$'),
    CONSTRAINT ck_profiles_url_http CHECK (url ~* '^https?://[^[:space:]]+$'),
    CONSTRAINT ck_profiles_visibility CHECK (visibility IN ('draft', 'unlisted', 'public')),
    CONSTRAINT ck_profiles_country_code_shape CHECK (country_code ~ '^[A-Z]{2}$'),
    CONSTRAINT ck_profiles_created_at_range CHECK (created_at BETWEEN '1000-01-01' AND
        '2999-12-31'),
    CONSTRAINT ck_profiles_updated_at_range CHECK (updated_at BETWEEN '1000-01-01' AND
        '2999-12-31'),
    CONSTRAINT ck_profiles_email_shape CHECK (strpos(email, '@') > 1),
    CONSTRAINT uq_profiles_slug UNIQUE (slug)
);
CREATE UNIQUE INDEX uq_profiles_default ON profiles (is_default) WHERE is_default;

CREATE TABLE projects (
    id uuid DEFAULT gen_random_uuid() NOT NULL, profile_id uuid NOT NULL,
    slug varchar(80) NOT NULL, title varchar(200) NOT NULL,
    summary varchar(1000) DEFAULT '' NOT NULL, description varchar(50000) DEFAULT '' NOT NULL,
    technologies text[] DEFAULT '{}' NOT NULL, url varchar(2000), source_url varchar(2000),
    demo_url varchar(2000), documentation_url varchar(2000),
    featured boolean DEFAULT false NOT NULL, open_source boolean DEFAULT false NOT NULL,
    difficulty varchar(20), status varchar(20) DEFAULT 'in_progress' NOT NULL,
    complexity smallint, start_date date, end_date date, team_size smallint,
    role varchar(200) DEFAULT '' NOT NULL, entity varchar(200) DEFAULT '' NOT NULL,
    type varchar(100) DEFAULT '' NOT NULL, achievements text[] DEFAULT '{}' NOT NULL,
    challenges text[] DEFAULT '{}' NOT NULL, learnings text[] DEFAULT '{}' NOT NULL,
    sort_order integer DEFAULT 0 NOT NULL, visibility varchar(10) DEFAULT 'draft' NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL,
    updated_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT pk_projects PRIMARY KEY (id),
    CONSTRAINT ck_projects_slug_shape CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT ck_projects_slug_not_uuid CHECK (slug !~
        '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'),
    CONSTRAINT ck_projects_title_not_blank CHECK (btrim(title) <> ''),
    CONSTRAINT ck_projects_url_http CHECK (url ~* '^https?://[^[:space:]]+$'),
    CONSTRAINT ck_projects_source_url_http CHECK (source_url ~* '^https?://[^[:space:]]+$'),
    CONSTRAINT ck_projects_demo_url_http CHECK (demo_url ~* '^https?://[^[:space:]]+$'),
    CONSTRAINT ck_projects_documentation_url_http CHECK (documentation_url ~*
        '^https?://[^[:space:]]+$'),
    CONSTRAINT ck_projects_visibility CHECK (visibility IN ('draft', 'unlisted', 'public')),
    CONSTRAINT ck_projects_difficulty CHECK (difficulty IN ('beginner', 'intermediate',
        'advanced', 'expert')),
    CONSTRAINT ck_projects_status CHECK (status IN ('planning', 'in_progress', 'completed',
        'on_hold', 'archived')),
    CONSTRAINT ck_projects_complexity_range CHECK (complexity BETWEEN 1 AND 10),
    CONSTRAINT ck_projects_team_size_range CHECK (team_size BETWEEN 1 AND 10000),
    CONSTRAINT ck_projects_sort_order_range CHECK (sort_order BETWEEN 0 AND 1000000),
    CONSTRAINT ck_projects_dates_in_order CHECK (end_date >= start_date),
    CONSTRAINT ck_projects_start_date_range CHECK (start_date BETWEEN '1000-01-01' AND
        '2999-12-31'),
    CONSTRAINT ck_projects_end_date_range CHECK (end_date BETWEEN '1000-01-01' AND '2999-12-31'),
    CONSTRAINT ck_projects_created_at_range CHECK (created_at BETWEEN '1000-01-01' AND
        '2999-12-31'),
    CONSTRAINT ck_projects_updated_at_range CHECK (updated_at BETWEEN '1000-01-01' AND
        '2999-12-31'),
    CONSTRAINT ck_projects_slug_not_route CHECK (slug NOT IN ('featured', 'reorder', 'stats')),
    CONSTRAINT ck_projects_technologies_size CHECK (cardinality(technologies) <= 100 AND
        array_position(technologies, NULL) IS NULL),
    CONSTRAINT ck_projects_achievements_size CHECK (cardinality(achievements) <= 100 AND
        array_position(achievements, NULL) IS NULL),
    CONSTRAINT ck_projects_challenges_size CHECK (cardinality(challenges) <= 100 AND
        array_position(challenges, NULL) IS NULL),
    CONSTRAINT ck_projects_learnings_size CHECK (cardinality(learnings) <= 100 AND
        array_position(learnings, NULL) IS NULL),
    CONSTRAINT fk_projects_profile_id FOREIGN KEY (profile_id) REFERENCES profiles (id) ON
        DELETE CASCADE,
    CONSTRAINT uq_projects_slug UNIQUE (slug)
);
CREATE INDEX ix_projects_listed ON projects (sort_order, id) WHERE visibility = 'public';
CREATE INDEX ix_projects_profile_id ON projects (profile_id, sort_order, id);
CREATE INDEX ix_projects_technologies ON projects USING gin (lower_all(technologies));

CREATE TABLE api_tokens (
    id uuid DEFAULT gen_random_uuid() NOT NULL, name varchar(100) NOT NULL,
    token_hash bytea NOT NULL, scope varchar(10) NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL, expires_at timestamptz,
    last_used_at timestamptz, revoked_at timestamptz,
    CONSTRAINT pk_api_tokens PRIMARY KEY (id),
    CONSTRAINT ck_api_tokens_name_not_blank CHECK (btrim(name) <> ''),
    CONSTRAINT ck_api_tokens_scope CHECK (scope IN ('read', 'write', 'admin')),
    CONSTRAINT ck_api_tokens_token_hash_length CHECK (octet_length(token_hash) = 32),
    CONSTRAINT uq_api_tokens_token_hash UNIQUE (token_hash)
);
