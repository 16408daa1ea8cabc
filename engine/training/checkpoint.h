#pragma once
#include "training/setfigures.h"

namespace graft {

/// What a crash cannot take: a run's state after some number of batches, kept in one safetensors file (weights, best weights, optimiser
/// state; the rest as JSON in its metadata).
struct Checkpoint {
    Network network;
    TrainingConfig config;
    StateDict weights, bestWeights, optimizerState;
    std::vector<EpochResult> epochs;
    int bestEpoch = 0;
    std::int64_t step = 0; ///< optimiser steps done
    std::int64_t batchInEpoch = 0; ///< batches of the running epoch done; 0 = between epochs
    std::vector<SetFigures> sums; ///< of the running epoch, per label set, so that its figures come out the same
    double seconds = 0, secondsInEpoch = 0; ///< of the run and of the running epoch
    std::int64_t trainSamples = 0; ///< what BatchSource::sampleCount() said
};

/// Written atomically. `bestWeights` is empty, or has the names of `weights`.
[[nodiscard]] Result<void> writeCheckpoint(const std::filesystem::path &file, const Checkpoint &checkpoint);
/// FileNotFound, FileCorrupt and the like; the weights are checked against the network. The tensors are views of the mapped file.
[[nodiscard]] Result<Checkpoint> readCheckpoint(const std::filesystem::path &file);
/// SettingInvalid or WeightsMismatch with what differs when a run with these cannot go on from the checkpoint.
[[nodiscard]] Result<void> requireSameRun(const Checkpoint &checkpoint, const TrainingConfig &config, const Network &network,
    std::int64_t trainSamples, const std::filesystem::path &file);

} // namespace graft
