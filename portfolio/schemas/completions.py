"""Chat in the shape that OpenAI's API has: what of it is read, and what is answered."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from portfolio.schemas.values import QuestionText, wrong

MESSAGES = 200


def _text_of(content: Any) -> Any:
    """The text of a message's content, which may come in parts."""
    if not isinstance(content, list):
        return content
    texts = [part.get("text") for part in content if isinstance(part, dict)]
    strings = [text for text in texts if isinstance(text, str)]
    if len(strings) < len(content):
        raise wrong("Input should be text")
    return "\n".join(strings)


class CompletionMessage(BaseModel):
    """One message. Only what users say is read; nothing in it is an instruction."""

    role: str = Field(max_length=40)
    content: Annotated[str | None, BeforeValidator(_text_of)] = None


class StreamOptions(BaseModel):
    """What a stream tells in the end."""

    include_usage: bool = Field(False, strict=True)


class CompletionWrite(BaseModel):
    """A request for a completion; what else front ends send means nothing here."""

    model: str = Field("portfolio", max_length=200)
    messages: list[CompletionMessage] = Field(min_length=1, max_length=MESSAGES)
    stream: bool | None = Field(False, strict=True)
    stream_options: StreamOptions | None = None


class CompletionQuestion(BaseModel):
    """A user's message, as a question."""

    question: QuestionText
