"""What writers in the model's world may do, for Hypothesis to choose from."""

from hypothesis import strategies as st

from . import model
from .model import IDS

numbers = st.sampled_from(IDS)
values = st.integers(0, 5)
changes = st.one_of(
    st.builds(model.set_value, numbers, values),
    st.builds(model.put_item, numbers, values),
    st.builds(model.add_to_all, st.integers(0, 2)),
    st.builds(model.delete_item, numbers),
    st.builds(model.move_item, numbers, numbers),
    st.builds(model.put_part, numbers, numbers, values),
    st.builds(model.add_crowd),
)
MOVES = ("savepoint", "release", "roll back")
steps = st.lists(changes | st.sampled_from(MOVES), max_size=6)
# A truncated table cannot be read by anybody before the commit.
changes_alone = changes | st.builds(model.truncate, st.sampled_from(["item", "part"]))
