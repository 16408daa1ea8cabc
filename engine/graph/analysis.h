#pragma once
#include "graph/layertype.h"

namespace graft {

/// What is known of one layer without running it.
struct LayerAnalysis {
    LayerId id;
    Shape outputShape; ///< without the batch dimension
    std::vector<TensorSpec> tensors;
    std::int64_t parameters = 0; ///< elements of the tensors that are trained (buffers, and what is tied to another tensor, not counted)
    std::int64_t multiplyAdds = 0; ///< for one picture
};

struct NetworkAnalysis {
    std::vector<LayerAnalysis> layers; ///< in the order of Network::layers()
    std::int64_t parameters = 0;
    std::int64_t trainableParameters = 0; ///< those of layers that are not frozen
    std::int64_t auxiliaryParameters = 0; ///< those of layers that are run in training only
    std::int64_t multiplyAdds = 0; ///< of what evaluation runs
    std::vector<int> positions; ///< by an id's value: where it stands in `layers`; -1 = nowhere
    [[nodiscard]] const LayerAnalysis *find(LayerId id) const;
};

/// Checks one layer and works out its figures from the shapes of its inputs; their names are for sentences.
[[nodiscard]] Result<LayerAnalysis> analyseLayer(
    const Layer &layer, const std::vector<Shape> &inputs, const std::vector<std::string> &inputNames);

/// Shapes and costs of all layers, or the first error in topological order. Any thread; microseconds a layer.
[[nodiscard]] Result<NetworkAnalysis> analyse(const Network &network);

/// All problems, not the first only: of each layer a missing input, an invalid attribute, a shape that does not fit (where those of its
/// inputs are known), and each layer that can be looked at only (Opaque). Empty = the network can run. See also check() in overview.h.
[[nodiscard]] std::vector<Error> problems(const Network &network);

/// NetworkInvalid with all layers that Graft cannot run, in one sentence; shapes are not judged.
[[nodiscard]] Result<void> requireRunnable(const Network &network);

/// Full tensor name ("layer1.0.conv1.weight") → specification, in topological order.
[[nodiscard]] Result<std::vector<std::pair<std::string, TensorSpec>>> expectedTensors(const Network &network);

/// The last layer that decides the number of classes and owns parameters (Linear, or SqueezeNet's 1×1 Conv2d), as one
/// sees it walking back from the output; invalid when there is none. The first of several side by side.
[[nodiscard]] LayerId classifierLayer(const Network &network);
/// That layer; or, where the output is a Concatenate of several heads side by side (one for each label set), those of all heads in order.
[[nodiscard]] std::vector<LayerId> outputClassifiers(const Network &network);
/// Their number of outputs together; 0 when there is none.
[[nodiscard]] std::int64_t classCount(const Network &network);
/// Those layers, then those of the auxiliary outputs; what is not found is left out.
[[nodiscard]] std::vector<LayerId> classifierLayers(const Network &network);

/// Per layer (in the order of Network::layers()) whether it leads to auxiliary outputs alone, so that it is run in training only.
[[nodiscard]] std::vector<bool> trainingOnly(const Network &network);

/// Per layer whether a training step leaves it out: it leads to auxiliary outputs alone that lie before the frozen frontier, so that their
/// losses could change nothing.
[[nodiscard]] std::vector<bool> idleInTraining(const Network &network);

/// The frozen frontier: per layer (in the order of Network::layers()) whether it belongs to the largest frozen part that no
/// trainable layer feeds. Layers without parameters belong when all their inputs do; a Dropout must be frozen besides (it acts in
/// training otherwise). What belongs runs without gradients and gives the same output for the same picture.
[[nodiscard]] std::vector<bool> beforeFrontier(const Network &network);

} // namespace graft
