"""Writes a model of sentence-transformers as one ONNX graph: network, pooling, normalisation."""

import warnings
from pathlib import Path

import onnx
import torch

from .exported import GRAPH
from .torch_encoder import TorchEncoder

OPSET = 17


class _Sentences(torch.nn.Module):
    """From tokens and mask to vectors, through every module of the reference in its order."""

    def __init__(self, reference: TorchEncoder) -> None:
        super().__init__()
        self._modules_in_order = torch.nn.ModuleList(reference.network)

    def forward(self, tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Vectors of shape (texts, dimension), each of length 1."""
        features = {"input_ids": tokens, "attention_mask": mask}
        for module in self._modules_in_order:
            features = module(features)
        return torch.nn.functional.normalize(features["sentence_embedding"], dim=1)


def write_graph(reference: TorchEncoder, folder: Path) -> int:
    """Write the graph into the folder; the most tokens that the model reads."""
    example = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "texts", 1: "tokens"}
    with torch.inference_mode(), warnings.catch_warnings():
        # Of what it takes for constant; the comparison shows whether it is.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Sentences(reference).eval(),
            (example, example),
            str(folder / GRAPH),
            input_names=["tokens", "mask"],
            output_names=["vectors"],
            dynamic_axes={"tokens": axes, "mask": axes, "vectors": {0: "texts"}},
            opset_version=OPSET,
            dynamo=False,
        )
    _part_weights(folder / GRAPH)
    return int(reference.network.max_seq_length or 256)


def _part_weights(graph: Path) -> None:
    """Put the weights into a file beside the graph, of which a process maps what it reads."""
    model = onnx.load(graph)
    graph.unlink()
    onnx.save_model(
        model,
        graph,
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location=f"{graph.stem}.weights",
        size_threshold=1024,
    )
