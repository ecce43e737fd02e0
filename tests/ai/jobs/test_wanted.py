"""What one line of requirements wants, would like, leaves to choose and does not want."""

import pytest

from portfolio.ai.jobs.description import Degree, Level
from portfolio.ai.jobs.reading import read_description

REQUIRED, NICE = Level.REQUIRED, Level.NICE_TO_HAVE


def names(line: str, level: Level) -> set[str]:
    job = read_description(f"Requirements\n- {line}\n")
    return {s.name for item in job.requirements if item.level is level for s in item.skills}


@pytest.mark.parametrize(
    ("line", "required", "nice"),
    [
        ("Familiarity with Docker is nice to have but not required", set(), {"Docker"}),
        ("Kubernetes (nice to have), Docker, Helm (optional)", {"Docker"}, {"Kubernetes", "Helm"}),
        ("It's a bonus if you know Elixir or Erlang", set(), {"Elixir", "Erlang"}),
        ("10+ years experience (Java preferred)", set(), {"Java"}),
        ("Java 8+ and Spring Boot, ideally with Kafka", {"Java", "Spring Boot"}, {"Apache Kafka"}),
        ("SQL (MySQL/PostgreSQL preferred)", {"SQL"}, {"MySQL", "PostgreSQL"}),
        ("CORBA and Python are also big pluses", set(), {"CORBA", "Python"}),
        ("Python is essential, Rust desirable", {"Python"}, {"Rust"}),
        ("Own Terraform; Ansible is good, but not a must", {"Terraform"}, {"Ansible"}),
        ("Haskell ideally", set(), {"Haskell"}),
        ("Kafka: nice", set(), {"Apache Kafka"}),
        ("Elixir = bonus", set(), {"Elixir"}),
        ("Elixir (optional)", set(), {"Elixir"}),
        ("Ruby: optional", set(), {"Ruby"}),
        ("Spring or Node.js knowledge helps", set(), {"Spring", "Node.js"}),
        ("Oracle knowledge useful for the way away from Oracle", set(), {"Oracle Database"}),
        ("GCP experience is also fine", set(), {"Google Cloud"}),
        ("Ruby acceptable", set(), {"Ruby"}),
        ("Docker would not hurt", set(), {"Docker"}),
        ("Kudos for Scala", set(), {"Scala"}),
        ("It helps if you know Go", set(), {"Go"}),
        ("Either Kafka or RabbitMQ plus Redis", {"Apache Kafka", "RabbitMQ", "Redis"}, set()),
        ("Gute Kenntnisse in Python, Kenntnisse in Java von Vorteil", {"Python"}, {"Java"}),
        ("Containers (Docker, Podman) are a plus", set(), {"Containers", "Docker", "Podman"}),
        ("AWS (certification not required)", {"AWS"}, set()),
        ("Docker, but a degree is not required", {"Docker"}, set()),
        ("Java 17 (no Java 8)", {"Java"}, set()),
        ("Python 3 (2.7 not needed)", {"Python"}, set()),
        ("Solid SQL and Postgres skills", {"SQL", "PostgreSQL"}, set()),
        ("Scala would be nice, but nobody needs it", set(), {"Scala"}),
        ("Don't worry if you've never seen GraphQL", set(), {"GraphQL"}),
    ],
)
def test_a_line_has_levels(line: str, required: set[str], nice: set[str]) -> None:
    assert (names(line, REQUIRED), names(line, NICE)) == (required, nice)


@pytest.mark.parametrize(
    ("line", "wanted", "excluded"),
    [
        ("Python is required; knowledge of Go is not.", {"Python"}, {"Go"}),
        ("Java (not JavaScript)", {"Java"}, {"JavaScript"}),
        ("No need to know Java", set(), {"Java"}),
        ("PHP experience is not necessary", set(), {"PHP"}),
        ("We do not use Windows or Java", set(), {"Windows", "Java"}),
        ("We're not looking for a Java guru", set(), {"Java"}),
        ("Must work without supervision; Python", {"Python"}, set()),
        ("Java experience isn't required", set(), {"Java"}),
        ("Non-relational databases", {"NoSQL"}, set()),
        ("no programming in Java necessary", set(), {"Java", "Programming"}),
        ("Anything but PHP", set(), {"PHP"}),
        ("you can forget about PHP", set(), {"PHP"}),
        ("PHP need not apply", set(), {"PHP"}),
        ("We hate PHP", set(), {"PHP"}),
        ("Zero Java, all Python", {"Python"}, {"Java"}),
        ("Zero-downtime releases with Docker", {"Docker"}, set()),
        (".NET is a no-go", set(), {".NET"}),
        ("C# is irrelevant", set(), {"C#"}),
        ("MongoDB and Cassandra are out of scope", set(), {"MongoDB", "Apache Cassandra"}),
        ("You won't need Docker", set(), {"Docker"}),
        ("Terraform plays no role", set(), {"Terraform"}),
        ("Windows is off the table", set(), {"Windows"}),
        ("Nobody here writes Perl", set(), {"Perl"}),
        ("Kubernetes: no", set(), {"Kubernetes"}),
        ("You should not be afraid of reading JavaScript", {"JavaScript"}, set()),
        ("You have no fear of Kubernetes", {"Kubernetes"}, set()),
        ("Don't apply if you don't know Docker", {"Docker"}, set()),
        ("Cannot live without Docker", {"Docker"}, set()),
        ("No Docker, no job", {"Docker"}, set()),
        ("There's no way around Kubernetes", {"Kubernetes"}, set()),
        ("You don't shy away from SQL", {"SQL"}, set()),
        ("Kubernetes is not optional", {"Kubernetes"}, set()),
        ("We're moving from PHP to Python", {"Python"}, {"PHP"}),
        ("We are replacing Java with Go", {"Go"}, {"Java"}),
        ("Legacy Perl codebase that you will rewrite in Rust", {"Rust"}, {"Perl"}),
        ("Experience migrating from Oracle to MySQL", {"Oracle Database", "MySQL"}, set()),
        ("You'll sell to companies that use Kubernetes and Go", set(), set()),
        ("JavaScript and javascript:alert(1)", {"JavaScript"}, set()),
    ],
)
def test_a_line_says_what_it_does_not_want(line: str, wanted: set[str], excluded: set[str]) -> None:
    job = read_description(f"Requirements\n- {line}\n")
    assert names(line, REQUIRED) | names(line, NICE) == wanted
    assert {skill.name for skill in job.excluded} == excluded


@pytest.mark.parametrize(
    ("line", "choices"),
    [
        ("Either AWS or Azure and Terraform", [{"AWS", "Azure"}]),
        ("At least one of the following: AWS, Azure, GCP", [{"AWS", "Azure", "Google Cloud"}]),
        ("Python (Django or Flask), PostgreSQL", [{"Django", "Flask"}]),
        ("React and/or Vue", [{"React", "Vue.js"}]),
        ("SQL, Spark or Flink, AWS", [{"Apache Spark", "Apache Flink"}]),
        ("R; C or C++; Bash; Git", [{"C", "C++"}]),
        ("Brokers (Kafka, RabbitMQ or similar)", [{"Apache Kafka", "RabbitMQ"}]),
        ("Python or, failing that, Java", [{"Python", "Java"}]),
        ("A language like Ruby, Python or Go", [{"Ruby", "Python", "Go"}]),
        ("Python 3.8+ / Django 4.x", []),
        ("HTML/CSS", []),
        ("Python and Go", []),
    ],
)
def test_a_line_leaves_a_choice(line: str, choices: list[set[str]]) -> None:
    job = read_description(f"Requirements\n- {line}\n")
    assert [{s.name for s in item.skills} for item in job.requirements if item.any_of] == choices


@pytest.mark.parametrize(
    ("line", "years"),
    [
        ("3-5 years' Python experience", {"Python": 3}),
        ("Python \u2013 at least 4 years", {"Python": 4}),
        ("At least five (5) years in Python", {"Python": 5}),
        ("18 months of Go", {"Go": 1.5}),
        ("2 years with Python, 3 years with Docker", {"Python": 2, "Docker": 3}),
        ("A company with 20 years of history in Python", {}),
        ("Python 3 years ago", {}),
        ("Up to 3 years of Python", {}),
        ("Python 3.11 for 2 years", {"Python": 2}),
        ("Erfahrung (mind. 5 Jahre) mit Python", {"Python": 5}),
    ],
)
def test_a_line_asks_for_years(line: str, years: dict[str, float]) -> None:
    job = read_description(f"Requirements\n- {line}\n")
    assert {name: y.minimum for y in job.skill_years for name in y.skills} == years


def test_a_degree_may_be_preferred_to_another() -> None:
    job = read_description("Requirements\n- B.Sc. or higher in CS, Master's preferred\n")
    assert job.education is not None
    assert job.preferred_education is not None
    assert job.education.degree is Degree.BACHELOR
    assert job.preferred_education.degree is Degree.MASTER


@pytest.mark.parametrize(
    ("text", "required"),
    [
        ("Requirements\nExperience with Java\nKnowledge of Scala\n", {"Java", "Scala"}),
        (
            "Nice to have\n- Go\n\nEverything else is written by the whole team in Python, and "
            "you will, too.\n",
            {"Python"},
        ),
        ("About us\nWe sell SAP add-ons.\nYou will write them in Kotlin.\n", {"Kotlin"}),
        ("the app is django and you know java. we'll teach you swift.", {"Django", "Java"}),
        ("You know Go, and we will teach you Swift.", {"Go"}),
        (
            "We need help. Figma every day, Sketch or Adobe XD now and then.",
            {"Figma", "Sketch", "Adobe XD"},
        ),
        (
            "Requirements\n- Go\n\nEqual opportunity: we hire all ages.\n\n- Scala\n",
            {"Go", "Scala"},
        ),
        ("Requirements\nJava\nOur hackathon was won with Haskell.\n", {"Java"}),
        ("Requirements\nJava\nUnlike our rivals, who write Perl, we care.\n", {"Java"}),
        ("Requirements\nJava\nSince 1998 our engineers have used Perl.\n", {"Java"}),
        ("Requirements\n- Go\nSimilar jobs\nSenior Java Developer\n", {"Go"}),
        ("Must have\nElixir | 5\nGo | 1\n", {"Elixir", "Go"}),
        ("Must-have skills: Go\nNice-to-have skills: Java\nMore: you know Perl\n", {"Go", "Perl"}),
        ("We use Go and GraphQL. No problem if you have never seen GraphQL.", {"Go"}),
        ("Our customers run SAP.\nAcme is a leading provider of Oracle add-ons.\n- Go\n", {"Go"}),
    ],
)
def test_a_sentence_is_asked_for_by_where_it_stands_and_what_it_says(
    text: str, required: set[str]
) -> None:
    job = read_description(text)
    asked = [item for item in job.requirements if item.level is REQUIRED]
    assert {skill.name for item in asked for skill in item.skills} == required


@pytest.mark.parametrize(
    ("asked", "degree"),
    [
        ("Master's degree in computer science", "master"),
        ("MSc degree in physics", "master"),
        ("Master of Science degree", "master"),
        ("PhD in Computer Science degree", "doctorate"),
        ("A doctorate degree in statistics", "doctorate"),
        ("Bachelor's degree in physics", "bachelor"),
        ("Master's or a degree in physics", "bachelor"),
        ("Degree in physics", "bachelor"),
    ],
)
def test_the_word_degree_belongs_to_the_grade_before_it(asked: str, degree: str) -> None:
    education = read_description(f"Requirements\n- {asked}\n").education
    assert education is not None
    assert education.degree == degree


@pytest.mark.parametrize("bullet", ["NMC registration", "Compassion", "ECG"])
def test_no_bullet_of_what_is_required_is_lost(bullet: str) -> None:
    requirements = read_description(f"Essential\n- {bullet}\n- Two languages\n").requirements
    assert requirements[0].text == bullet


@pytest.mark.parametrize(
    "line",
    [
        "We welcome applicants of all ages, including people who speak French.",
        "Our French-speaking colleagues sit next door to you.",
        "You present results to others (this includes French-speaking colleagues).",
        "You work with our people, who come from Greece; our team speaks French.",
    ],
)
def test_what_others_speak_is_not_asked_for(line: str) -> None:
    assert read_description(f"Developer\n\n{line}\n\nRequirements\n- Go\n").languages == ()
