#pragma once
#include "graph/modelpackage.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace graft {

/// One file of weights that somebody published for an architecture, with all that is known of it. One line of weights.json.
struct PublishedWeights {
    std::string architecture; ///< an Architecture's name: "resnet50"
    std::string name; ///< "IMAGENET1K_V2", as torchvision names it
    std::string address; ///< where the file lies
    std::string checksum; ///< the first digits of the file's SHA-256, lower-case hexadecimal
    std::int64_t aboutBytes = 0; ///< the file's size but for its headers: parameters and buffers
    std::int64_t parameters = 0; ///< with auxiliary classifiers, where the file has them
    double top1 = 0, top5 = 0; ///< published accuracy on ImageNet's validation pictures, percent
    std::string licence; ///< of the weights, as an SPDX name: "BSD-3-Clause"
    std::string source; ///< who trained or ported them
    Preprocessing preprocessing;

    [[nodiscard]] std::string reference() const { return architecture + ":" + name; } ///< what `--model` takes
    [[nodiscard]] std::string fileName() const; ///< the address's last part
};

/// The whole table (weights.json), also what needs an architecture that this Graft lacks.
[[nodiscard]] const std::vector<PublishedWeights> &allPublishedWeights();
/// Those that this Graft can open, in the table's order.
[[nodiscard]] const std::vector<PublishedWeights> &publishedWeights();
/// "resnet50:IMAGENET1K_V1", or "resnet50" (or "resnet50:DEFAULT") for what torchvision takes by default: the newest of torchvision's
/// own. SettingInvalid lists the choices.
[[nodiscard]] Result<PublishedWeights> findWeights(const std::string &reference);
[[nodiscard]] bool hasPublishedWeights(const std::string &architecture);

/// ImageNet's 1000 class names in the order of the outputs.
[[nodiscard]] const std::vector<std::string> &imageNetClassNames();

/// The network of these weights, with the input size that they were published for. Milliseconds.
[[nodiscard]] Result<Network> networkOf(const PublishedWeights &weights);

/// The package of these weights from their file, with their preprocessing, ImageNet's class names, origin and licence. Any format that
/// Graft reads; WeightsMismatch when the file holds another network.
[[nodiscard]] Result<ModelPackage> readPublished(const PublishedWeights &weights, const std::filesystem::path &file);

} // namespace graft
