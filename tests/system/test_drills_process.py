"""A process that has used the cache forks."""

from .conftest import System


def test_parent_and_child_both_stay_right(sample: System) -> None:
    done = sample.run("tests.system.forking")
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(done.stdout.split()) == ["child:right", "parent:right"]
