#pragma once
#include "training/session.h"

namespace graft {

/// What a crash cannot take: a run's state after some number of batches, kept in one safetensors file (weights, best weights, optimiser
/// state; the rest as JSON in its metadata).
struct Checkpoint {
    Network network;
    TrainingConfig config;
    StateDict weights, bestWeights, optimizerState;
    std::vector<EpochResult> epochs;
    int bestEpoch = 0;
    std::int64_t step = 0;        ///< optimiser steps done
    std::int64_t batchInEpoch = 0; ///< batches of the running epoch done; 0 = between epochs
    double lossSum = 0, correctSum = 0, sampleSum = 0; ///< of the running epoch, so that its figures come out the same
    std::string generatorState; ///< LibTorch's CPU random generator (dropout), as hexadecimal bytes
};

[[nodiscard]] Result<void> writeCheckpoint(const std::filesystem::path &file, const Checkpoint &checkpoint);
/// FileCorrupt and the like; the tensors are checked against the network.
[[nodiscard]] Result<Checkpoint> readCheckpoint(const std::filesystem::path &file);

} // namespace graft
