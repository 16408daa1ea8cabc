#pragma once
#include "formats/keras/hdf5.h"
#include "formats/keras/kerasmodel.h"

#include <map>

namespace graft::keras {

/// A layer's tensors as its file names them: "kernel", "query/kernel", or "0", "1" in the order in which the layer made them.
using LayerTensors = std::vector<std::pair<std::string, const Hdf5Node *>>;

/// Finds a layer's tensors in the HDF5 file; knows both ways in which Keras keeps them. Refers to the nodes it was made from.
class KerasWeights {
public:
    /// Of a `.h5` file: `group` has a group for each layer, whose attribute `weight_names` lists its data sets, those of nested models too.
    [[nodiscard]] static KerasWeights byName(const Hdf5Node &group);
    /// Of `model.weights.h5` in a `.keras` file: groups named by class and number, in the order of the layers.
    [[nodiscard]] static KerasWeights byOrder(const Hdf5Node &root, const KerasModel &model);

    [[nodiscard]] LayerTensors of(const KerasLayer &layer) const;
    /// Those of a layer that is a model.
    [[nodiscard]] KerasWeights inside(const KerasLayer &layer) const;

private:
    struct Entry {
        std::vector<std::string> path; ///< "conv1", "kernel"
        const Hdf5Node *node = nullptr;
    };
    void indexEntries();

    std::vector<Entry> m_entries;
    std::map<std::string, std::vector<std::size_t>, std::less<>> m_index; ///< a folder of a path → entries
    bool m_isNested = false;
    bool m_isByOrder = false;
    std::map<std::string, const Hdf5Node *, std::less<>> m_groups; ///< by order: a layer's name → its group
};

} // namespace graft::keras
