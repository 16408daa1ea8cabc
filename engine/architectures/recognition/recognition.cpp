#include "architectures/architecture.h"
#include "architectures/recognition/knownarchitectures.h"
#include "architectures/recognition/renaming.h"
#include "architectures/recognition/tensorfit.h"
#include "formats/support/filename.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>
#include <string_view>

namespace graft {

namespace {

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
    constexpr std::array<std::string_view, 10> prefixes{
        "module.", "model.", "_orig_mod.", "backbone.", "encoder.", "net.", "network.", "base_model.", "student.", "timm_model."};
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

Result<Candidate> nearest(const StateDict &tensors)
{
    const auto all = architecturesNamedLike(tensors);
    if (!all)
        return fail(all.error());
    Candidate best;
    for (const KnownArchitecture *known : *all) {
        const int classes = inferredClasses(*known, tensors);
        const TensorFit now = fit(expectedFor(*known, classes), tensors);
        const bool isNearer = now.equal > best.fit.equal || (now.equal == best.fit.equal && now.differences < best.fit.differences);
        if (!best.known || isNearer)
            best = {known, classes, now};
    }
    return best;
}

/// A candidate and the tensors, under its names, that it was found by.
struct Attempt {
    Candidate candidate;
    StateDict tensors;
    const NamingScheme *scheme = nullptr; ///< nullptr: the names are torchvision's
    [[nodiscard]] bool fits() const { return candidate.known && candidate.fit.differences == 0; }
};

/// The attempt with the classifier under the name that its architecture has for it: training scripts call it what they like.
Attempt withKnownHead(Attempt attempt)
{
    constexpr std::array<std::string_view, 12> heads{"fc", "classifier", "head", "head.fc", "fc.0", "fc.1", "classifier.0", "classifier.1",
        "heads.head", "linear", "last_linear", "logits"};
    const Candidate &candidate = attempt.candidate;
    if (!candidate.known || candidate.known->classifierTensors.empty())
        return attempt;
    const std::string own(parentBlock(candidate.known->tensors[candidate.known->classifierTensors.front()].first));
    const auto isThere = [&](std::string_view head) { return attempt.tensors.contains(std::string(head) + ".weight"); };
    const auto *const head = std::ranges::find_if(heads, isThere);
    if (head == heads.end() || isThere(own))
        return attempt;
    Attempt changed{.candidate = candidate, .tensors = {}, .scheme = attempt.scheme};
    for (const auto &[tensorName, tensor] : attempt.tensors.entries()) {
        const bool belongs = parentBlock(tensorName) == *head;
        changed.tensors.set(belongs ? own + tensorName.substr(head->size()) : tensorName, tensor);
    }
    changed.candidate.classes = inferredClasses(*candidate.known, changed.tensors);
    changed.candidate.fit = fit(expectedFor(*candidate.known, changed.candidate.classes), changed.tensors);
    return changed.fits() ? changed : attempt;
}

/// The names as they are, then with another name for the head, then in each naming scheme; the nearest when nothing fits.
Result<Attempt> bestAttempt(StateDict tensors)
{
    auto candidate = nearest(tensors);
    if (!candidate)
        return fail(candidate.error());
    Attempt best{.candidate = *candidate, .tensors = std::move(tensors)};
    if (!best.fits())
        best = withKnownHead(std::move(best));
    if (best.fits())
        return best;
    const StateDict original = best.tensors;
    for (const NamingScheme &scheme : namingSchemes()) {
        auto changed = renamed(original, scheme);
        if (!changed)
            continue;
        candidate = nearest(*changed);
        if (!candidate)
            return fail(candidate.error());
        Attempt attempt{.candidate = *candidate, .tensors = std::move(*changed), .scheme = &scheme};
        if (attempt.fits())
            return attempt;
        if (attempt.candidate.fit.equal > best.candidate.fit.equal)
            best = std::move(attempt);
    }
    return best;
}

/// Gives the normalizations what the scheme's library has where torchvision has another epsilon.
void setEpsilons(Network &network, const NamingScheme &scheme)
{
    constexpr double defaultEpsilon = 1e-5; // PyTorch's, which Graft's layers have
    const std::vector<Layer> layers = network.layers();
    for (const Layer &layer : layers) {
        const double batchNorm = layer.type == "BatchNorm2d" ? scheme.batchNormEpsilon : 0;
        const double epsilon = layer.type.starts_with("LayerNorm") ? scheme.layerNormEpsilon : batchNorm;
        Attributes &attributes = network.find(layer.id)->attributes;
        if (epsilon == defaultEpsilon)
            attributes.erase("eps");
        else if (epsilon > 0)
            attributes["eps"] = epsilon;
    }
}

/// Parameters that share their bytes in the file are one parameter under several names.
void tieShared(Network &network, const ExpectedTensors &expected, const StateDict &tensors)
{
    std::map<std::pair<const std::byte *, Shape>, std::string> owners;
    for (const auto &[tensorName, specification] : expected) {
        const Tensor *tensor = tensors.find(tensorName);
        if (!tensor || specification.isBuffer || tensor->bytes().empty())
            continue;
        const auto [owner, isNew] = owners.emplace(std::pair(tensor->bytes().data(), tensor->shape()), tensorName);
        if (!isNew)
            network.tiedTensors.emplace(tensorName, owner->second);
    }
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
    const Result<Attempt> found = bestAttempt(withoutWrapperPrefixes(tensors));
    if (!found)
        return fail(found.error());
    const Attempt &attempt = *found;
    const Candidate &candidate = attempt.candidate;
    if (!attempt.fits())
        return fail(unknownArchitecture(candidate, attempt.tensors, subject));
    const ExpectedTensors expected = expectedFor(*candidate.known, candidate.classes);
    Recognition recognition{
        candidate.known->architecture, candidate.classes, candidate.known->build(candidate.classes), fitted(expected, attempt.tensors), {}};
    tieShared(recognition.network, expected, attempt.tensors);
    if (attempt.scheme) {
        setEpsilons(recognition.network, *attempt.scheme);
        recognition.namedAs = attempt.scheme->title;
    }
    return recognition;
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
