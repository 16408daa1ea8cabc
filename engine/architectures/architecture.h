#pragma once
#include "core/registry.h"
#include "graph/modelpackage.h"

#include <string>
#include <vector>

namespace graft {

/// A function that builds a Network, with torchvision's layer names so that published weights fit.
/// One file in engine/architectures per family, each defining `void add(Architectures &)` in a namespace of the file's name.
struct Architecture {
    std::string name;  ///< torchvision's function name: "resnet50", "vgg16_bn", "mobilenet_v3_small", "squeezenet1_1"
    std::string title; ///< for people: "ResNet-50"
    std::string family; ///< "ResNet"
    Preprocessing preprocessing; ///< of the published weights (ImageNet's, or the CIFAR recipe for 32 × 32)
    int publishedClasses = 1000;
    Network (*build)(int classes) = nullptr; ///< thawed; `Network::architecture` is the name
    std::string source; ///< the paper, for the documentation
    bool isInTorchvision = true; ///< torchvision.models has a function of this name that makes the same network
    std::string torchvisionArguments = {}; ///< what that function is to be told besides the classes: "init_weights=False"
};

using Architectures = Registry<Architecture>;
[[nodiscard]] const Architectures &architectures();

/// Which architecture a bare state dict is, from its names and shapes alone.
struct Recognition {
    const Architecture *architecture = nullptr;
    int classes = 0;   ///< from the classifier's shape
    Network network;   ///< built for that many classes
    StateDict weights; ///< renamed to the network's names (prefix "module." stripped, …), float32, complete
    std::string namedAs; ///< whose names the tensors had: "timm's MobileNetV3"; empty for torchvision's
};

/// ArchitectureUnknown when none fits exactly; the sentence names the nearest architecture and what differs, for example
/// "These tensors fit no architecture that Graft knows; the nearest is ResNet-18, but `layer1.0.conv1.weight` is
/// 64 × 32 × 3 × 3 instead of 64 × 64 × 3 × 3 (and 3 more differ)." The number of classes may differ from the published one.
/// Names of timm, of HuggingFace's transformers and of the authors' own files are known too, and a classifier may be called otherwise.
/// Missing `num_batches_tracked` entries are filled with 0; other missing or surplus tensors count as differences.
[[nodiscard]] Result<Recognition> recognise(const StateDict &tensors, const std::string &subject);

/// Checks that the tensors are just those that `network` expects; float16/bfloat16/float64 are turned to float32.
/// WeightsMismatch names the first difference and counts the rest.
[[nodiscard]] Result<StateDict> fitWeights(const Network &network, const StateDict &tensors, const std::string &subject);

} // namespace graft
