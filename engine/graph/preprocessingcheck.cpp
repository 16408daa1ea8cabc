#include "graph/preprocessingcheck.h"

#include "graph/surgery.h"

#include <algorithm>
#include <cstdio>

namespace graft {
namespace {

std::string shortNumber(double number)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", number);
    return text;
}

/// Red is the brightest of the means of photos, blue the darkest: told apart only where they differ clearly.
bool isInOrderOf(const std::array<double, 3> &mean, const std::string &order)
{
    const double difference = mean[0] - mean[2];
    return order == "RGB" ? difference > 0.05 : difference < -0.05;
}

} // namespace

std::vector<std::string> preprocessingDoubts(const Preprocessing &chosen, const Preprocessing &ofTheWeights, const Shape &input)
{
    std::vector<std::string> doubts;
    if (input.size() == 3 && (input[1] != chosen.crop || input[2] != chosen.crop)) {
        const std::string size = std::to_string(chosen.crop);
        doubts.push_back("Pictures are cut to " + size + " × " + size + " pixels, but the network takes " + std::to_string(input[2]) + " × "
            + std::to_string(input[1]) + "; give both the same size.");
    }
    if (const int channels = channelCount(chosen); input.size() == 3 && input[0] != channels)
        doubts.push_back("Pictures are prepared with " + std::to_string(channels) + (channels == 1 ? " channel" : " channels")
            + ", but the network takes " + std::to_string(input[0]) + "; choose another channel order, or change the network's input.");
    const std::string opposite = chosen.channelOrder == "RGB" ? "BGR" : "RGB";
    const bool isOwn = chosen.mean == ofTheWeights.mean && chosen.channelOrder == ofTheWeights.channelOrder;
    if (isInOrderOf(chosen.mean, opposite) && !isOwn)
        doubts.push_back(
            "The means look like those of " + opposite + ", but the channel order is " + chosen.channelOrder + "; check which is meant.");
    double least = 0, most = 0;
    for (std::size_t c = 0; c < 3; ++c) {
        least = std::min(least, -chosen.mean[c] / chosen.standardDeviation[c]);
        most = std::max(most, (1 - chosen.mean[c]) / chosen.standardDeviation[c]);
    }
    // From 0 to 1 is the narrowest that is in use, Caffe's 0 to 255 the widest.
    if (most - least < 0.5 || most - least > 300)
        doubts.push_back("The network would see numbers from " + shortNumber(least) + " to " + shortNumber(most)
            + ", which no published network was trained on; check mean and standard deviation.");
    const auto isLike = [&chosen](const Preprocessing &other) {
        return chosen.mean == other.mean && chosen.standardDeviation == other.standardDeviation
            && chosen.channelOrder == other.channelOrder;
    };
    if (!isLike(ofTheWeights) && !isLike(inGrey(ofTheWeights))) // grey is what changing the input's channels leaves
        doubts.push_back("Pictures are prepared otherwise than the model's weights were trained with; its frozen layers see them wrongly "
                         "unless that was a mistake in the file.");
    return doubts;
}

} // namespace graft
