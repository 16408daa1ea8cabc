#include "architectures/architecture.h"
#include "architectures/recognition/tensorfit.h"
#include "formats/support/filename.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <string_view>

namespace graft {

namespace {

/// What recognition needs of an architecture, made once.
struct KnownArchitecture {
    const Architecture *architecture = nullptr;
    ExpectedTensors tensors; ///< for the published number of classes
    std::vector<std::size_t> classifierTensors; ///< indices into `tensors`; the first dimension of each is the number of classes
};

Result<KnownArchitecture> know(const Architecture &architecture)
{
    const Network network = architecture.build(architecture.publishedClasses);
    Result<ExpectedTensors> tensors = expectedTensors(network);
    if (!tensors)
        return fail(tensors.error());
    KnownArchitecture known{&architecture, std::move(*tensors), {}};
    const Layer *classifier = network.find(classifierLayer(network));
    for (std::size_t index = 0; classifier && index < known.tensors.size(); ++index)
        if (parentBlock(known.tensors[index].first) == classifier->name)
            known.classifierTensors.push_back(index);
    return known;
}

const Result<std::vector<KnownArchitecture>> &knownArchitectures()
{
    static const Result<std::vector<KnownArchitecture>> all = []() -> Result<std::vector<KnownArchitecture>> {
        std::vector<KnownArchitecture> list;
        for (const Architecture &architecture : architectures().all()) {
            Result<KnownArchitecture> known = know(architecture);
            if (!known)
                return fail(known.error());
            list.push_back(std::move(*known));
        }
        return list;
    }();
    return all;
}

/// The number of classes that the classifier's weight is made for; the published number when there is no such weight.
int inferredClasses(const KnownArchitecture &known, const StateDict &tensors)
{
    for (const std::size_t index : known.classifierTensors) {
        const auto &[tensorName, specification] = known.tensors[index];
        const Tensor *tensor = tensors.find(tensorName);
        if (!tensor || tensor->shape().size() != specification.shape.size())
            continue;
        const bool sameInputs = std::equal(specification.shape.begin() + 1, specification.shape.end(), tensor->shape().begin() + 1);
        const std::int64_t outputs = tensor->shape().front();
        if (sameInputs && outputs >= 1 && outputs <= std::numeric_limits<int>::max())
            return static_cast<int>(outputs);
    }
    return known.architecture->publishedClasses;
}

ExpectedTensors expectedFor(const KnownArchitecture &known, int classes)
{
    ExpectedTensors tensors = known.tensors;
    for (const std::size_t index : known.classifierTensors)
        tensors[index].second.shape.front() = classes;
    return tensors;
}

/// Without the prefixes that wrappers (DataParallel, torch.compile, a training script's module) put before every name.
StateDict withoutWrapperPrefixes(const StateDict &tensors)
{
    constexpr std::array<std::string_view, 9> prefixes{
        "module.", "model.", "_orig_mod.", "backbone.", "encoder.", "net.", "network.", "base_model.", "student."};
    const auto &entries = tensors.entries();
    std::size_t length = 0;
    const auto isShared = [&](std::string_view prefix) {
        return std::all_of(entries.begin(), entries.end(),
            [&](const StateDict::Entry &entry) { return std::string_view(entry.first).substr(length).starts_with(prefix); });
    };
    for (auto shared = prefixes.begin(); !entries.empty() && shared != prefixes.end();) {
        shared = std::find_if(prefixes.begin(), prefixes.end(), isShared);
        if (shared != prefixes.end())
            length += shared->size();
    }
    if (length == 0)
        return tensors;
    StateDict renamed;
    for (const auto &[tensorName, tensor] : entries)
        renamed.set(tensorName.substr(length), tensor);
    return renamed;
}

struct Candidate {
    const KnownArchitecture *known = nullptr;
    int classes = 0;
    TensorFit fit;
};

Candidate nearest(const std::vector<KnownArchitecture> &all, const StateDict &tensors)
{
    Candidate best;
    for (const KnownArchitecture &known : all) {
        const int classes = inferredClasses(known, tensors);
        const TensorFit now = fit(expectedFor(known, classes), tensors);
        const bool isNearer = now.equal > best.fit.equal || (now.equal == best.fit.equal && now.differences < best.fit.differences);
        if (!best.known || isNearer)
            best = {&known, classes, now};
    }
    return best;
}

std::string familyNames()
{
    std::set<std::string> families;
    for (const Architecture &architecture : architectures().all())
        families.insert(architecture.family);
    std::string list;
    for (const std::string &family : families)
        list += (list.empty() ? "" : ", ") + family;
    return list;
}

Error unknownArchitecture(const Candidate &candidate, const StateDict &tensors, const std::string &subject)
{
    const std::string file = subject.empty() ? "" : "'" + fileName(subject) + "'";
    std::string message = (file.empty() ? "These tensors fit" : "The tensors of " + file + " fit") + " no architecture that Graft knows";
    if (tensors.empty()) {
        message = "There are no tensors in " + (file.empty() ? "it" : file)
            + " to recognise an architecture by; choose a file that holds a network's weights.";
    } else if (candidate.fit.equal == 0) {
        message += ", and none is near; it knows " + familyNames() + ".";
    } else {
        message += "; the nearest is " + candidate.known->architecture->title + ", but "
            + describeDifferences(expectedFor(*candidate.known, candidate.classes), tensors) + ".";
    }
    return {ErrorCode::ArchitectureUnknown, std::move(message), subject};
}

} // namespace

Result<Recognition> recognise(const StateDict &tensors, const std::string &subject)
{
    const auto &known = knownArchitectures();
    if (!known)
        return fail(known.error());
    const StateDict renamed = withoutWrapperPrefixes(tensors);
    const Candidate candidate = nearest(*known, renamed);
    if (!candidate.known || candidate.fit.differences > 0)
        return fail(unknownArchitecture(candidate, renamed, subject));
    const Architecture &architecture = *candidate.known->architecture;
    return Recognition{&architecture, candidate.classes, architecture.build(candidate.classes),
        fitted(expectedFor(*candidate.known, candidate.classes), renamed)};
}

Result<StateDict> fitWeights(const Network &network, const StateDict &tensors, const std::string &subject)
{
    const Result<ExpectedTensors> expected = expectedTensors(network);
    if (!expected)
        return fail(expected.error());
    if (fit(*expected, tensors).differences > 0)
        return fail(
            ErrorCode::WeightsMismatch, "The weights do not fit the network: " + describeDifferences(*expected, tensors) + ".", subject);
    return fitted(*expected, tensors);
}

} // namespace graft
