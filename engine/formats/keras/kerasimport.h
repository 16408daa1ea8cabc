#pragma once
#include "formats/keras/kerasweights.h"
#include "formats/support/graphimport.h"

namespace graft::keras {

struct ImportOptions {
    int kerasVersion = 3; ///< 2 or 3
    std::string subject; ///< the file's path
};

/// The network and weights of a Keras model that takes one picture and gives one output; models inside become blocks. Preprocessing is that
/// of keras.applications for what the model's name says, and a remark says so. FormatUnknown for several inputs or outputs, FileCorrupt,
/// WeightsMismatch.
[[nodiscard]] Result<FileContents> importModel(const KerasModel &model, const KerasWeights &weights, const ImportOptions &options);

/// What the network's input should be, by what the network begins with and by the model's name.
void setPreprocessing(FileContents &contents, const KerasModel &model);

} // namespace graft::keras
