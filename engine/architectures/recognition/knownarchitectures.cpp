#include "architectures/recognition/knownarchitectures.h"

#include "graph/edits.h"

#include <algorithm>
#include <list>
#include <map>
#include <mutex>
#include <unordered_set>

namespace graft {

namespace {

/// The architectures of one family, and the names of the layers with tensors of the first of them: its relatives have most of them too.
struct Family {
    std::vector<const Architecture *> members;
    std::vector<std::string> layers;
};

const std::vector<Family> &families()
{
    static const std::vector<Family> all = [] {
        std::map<std::string, Family> byName;
        for (const Architecture &architecture : architectures().all())
            byName[architecture.family].members.push_back(&architecture);
        std::vector<Family> list;
        for (auto &[name, family] : byName) {
            const Network network = family.members.front()->build(family.members.front()->publishedClasses);
            for (const Layer &layer : network.layers())
                if (layerTypes().find(layer.type)->tensors)
                    family.layers.push_back(layer.name);
            list.push_back(std::move(family));
        }
        return list;
    }();
    return all;
}

Result<KnownArchitecture> know(const Architecture &architecture, const Network &network, Auxiliary auxiliary)
{
    Result<ExpectedTensors> tensors = expectedTensors(network);
    if (!tensors)
        return fail(tensors.error());
    KnownArchitecture known{&architecture, auxiliary, std::move(*tensors), {}};
    for (const LayerId classifier : classifierLayers(network))
        for (std::size_t index = 0; index < known.tensors.size(); ++index)
            if (parentBlock(known.tensors[index].first) == network.find(classifier)->name)
                known.classifierTensors.push_back(index);
    return known;
}

Result<std::list<KnownArchitecture>> know(const Architecture &architecture)
{
    const Network network = architecture.build(architecture.publishedClasses);
    std::list<KnownArchitecture> variants;
    for (const Auxiliary auxiliary : {Auxiliary::With, Auxiliary::Without}) {
        if (auxiliary == Auxiliary::Without && network.auxiliaryOutputs.empty())
            continue;
        auto known = know(architecture, auxiliary == Auxiliary::With ? network : withoutAuxiliary(network), auxiliary);
        if (!known)
            return fail(known.error());
        variants.push_back(std::move(*known));
    }
    return variants;
}

/// Appends the architecture as recognition knows it; made on first use and kept.
Result<void> append(std::vector<const KnownArchitecture *> &list, const Architecture &architecture)
{
    static std::mutex mutex;
    static std::map<const Architecture *, Result<std::list<KnownArchitecture>>> made;
    const std::lock_guard lock(mutex);
    auto position = made.find(&architecture);
    if (position == made.end())
        position = made.emplace(&architecture, know(architecture)).first;
    if (!position->second)
        return fail(position->second.error());
    for (const KnownArchitecture &known : *position->second)
        list.push_back(&known);
    return {};
}

} // namespace

Network KnownArchitecture::build(int classes) const
{
    Network network = architecture->build(classes);
    return auxiliary == Auxiliary::With ? network : withoutAuxiliary(std::move(network));
}

Result<std::vector<const KnownArchitecture *>> architecturesNamedLike(const StateDict &tensors)
{
    std::unordered_set<std::string_view> layers;
    for (const auto &[tensorName, tensor] : tensors.entries())
        layers.insert(parentBlock(tensorName));
    std::vector<double> shares;
    for (const Family &family : families()) {
        const auto shared = std::ranges::count_if(family.layers, [&](const std::string &layer) { return layers.contains(layer); });
        shares.push_back(static_cast<double>(shared) / static_cast<double>(family.layers.size()));
    }
    // Relatives differ in their blocks' number and kind, which half of the best share allows for; strangers share a `conv1` and an `fc`.
    const double enough = std::ranges::max(shares) / 2;
    std::vector<const KnownArchitecture *> result;
    for (std::size_t index = 0; index < shares.size(); ++index) {
        if (shares[index] == 0 || shares[index] < enough)
            continue;
        for (const Architecture *architecture : families()[index].members)
            if (auto appended = append(result, *architecture); !appended)
                return fail(appended.error());
    }
    return result;
}

} // namespace graft
