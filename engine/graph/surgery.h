#pragma once
#include "core/tensor.h"
#include "graph/network.h"
#include "graph/preprocessing.h"

namespace graft {

/// Gives the network another height and width of its pictures, and the preprocessing with it (its `resize` in the same proportion).
/// SettingInvalid outside 1 … 4096 pixels. Networks that fit one size alone (transformers) have problems then.
[[nodiscard]] Result<void> setInputSize(Network &network, Preprocessing &preprocessing, int pixels);

/// The same for one channel of grey: with the mean of the three means and deviations. As it is when it is that already.
[[nodiscard]] Preprocessing inGrey(Preprocessing preprocessing);

/// What becomes of the first convolution's filters when the input gets another number of channels.
enum class ChannelWeights {
    Sum, ///< each new channel takes its share of the sum over the old ones: grey pictures give what they gave before
    Average, ///< its share of their mean: weaker by the number of the old channels
};
/// Gives the input another number of channels: 1 for grey pictures (X-rays), 3 for colour. The convolutions that take the input get filters
/// for as many, made from those that they have; other layers there are fitted where their type can be. For 1 and 3, the preprocessing
/// follows: grey pictures, or colour ones, with the mean of mean and deviation. NetworkInvalid where a first convolution has groups.
[[nodiscard]] Result<void> setInputChannels(
    Network &network, StateDict &weights, Preprocessing &preprocessing, int channels, ChannelWeights rule);

} // namespace graft
