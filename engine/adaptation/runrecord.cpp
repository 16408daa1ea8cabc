#include "adaptation/runrecord.h"

#include "core/files.h"
#include "training/environment.h"

#include <algorithm>
#include <ctime>

namespace graft {
namespace {

std::string utcNow()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32];
    return std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) > 0 ? text : "";
}

nlohmann::ordered_json frozenLayers(const Network &network)
{
    auto names = nlohmann::ordered_json::array();
    for (const Layer &layer : network.layers())
        if (layer.frozen)
            names.push_back(layer.name);
    return names;
}

std::string stateName(StopReason reason)
{
    switch (reason) {
    case StopReason::Completed: return "completed";
    case StopReason::Stopped: return "stopped";
    case StopReason::Failed: return "failed";
    }
    return {};
}

} // namespace

RunRecord::RunRecord(const AdaptationPlan &plan, const Split &parts)
{
    if (plan.outputFolder.empty())
        return;
    m_file = plan.outputFolder / "run.json";
    m_json["state"] = "running";
    m_json["started"] = utcNow();
    m_json["settings"]
        = {{"model", plan.package.origin}, {"architecture", plan.package.network.architecture}, {"data", plan.dataset.folder.string()},
            {"validationShare", plan.validationShare}, {"training", toJson(plan.config)}, {"augmentation", toJson(plan.augmentation)},
            {"preprocessing", toJson(plan.package.preprocessing)}, {"frozen", frozenLayers(plan.package.network)}};
    m_json["environment"] = environment(plan.config.device);
    m_json["classNames"] = plan.package.classNames;
    if (!plan.package.labelSets.empty())
        m_json["labelSets"] = toJson(plan.package.labelSets);
    m_json["pictures"]
        = {{"training", parts.train.size()}, {"validation", parts.validation.size()}, {"broken", plan.dataset.broken.size()}};
    m_json["leftOut"] = nlohmann::ordered_json::array();
    m_json["epochs"] = nlohmann::ordered_json::array();
    m_json["best"] = nullptr;
    m_json["seconds"] = 0;
}

void RunRecord::setEpochs(const std::vector<EpochResult> &epochs)
{
    auto list = nlohmann::ordered_json::array();
    double seconds = 0;
    for (const EpochResult &epoch : epochs) {
        list.emplace_back(toJson(epoch));
        seconds += epoch.seconds;
        const Metrics &figures = epoch.validation ? *epoch.validation : epoch.train;
        if (epoch.isBest)
            m_json["best"] = {{"epoch", epoch.epoch}, {"accuracy", figures.accuracy}, {"loss", figures.loss}};
    }
    m_json["epochs"] = std::move(list);
    m_json["seconds"] = seconds;
}

Result<void> RunRecord::requireSameRun() const
{
    const auto text = readText(m_file);
    if (!text)
        return fail(text.error());
    const auto earlier = nlohmann::ordered_json::parse(*text, nullptr, false);
    const auto equal = [&](const nlohmann::ordered_json::json_pointer &place) {
        return earlier.contains(place) == m_json.contains(place) && (!earlier.contains(place) || earlier.at(place) == m_json.at(place));
    };
    for (const char *pointer : {"/classNames", "/labelSets", "/pictures/training", "/settings/augmentation", "/settings/preprocessing"}) {
        const nlohmann::ordered_json::json_pointer place(pointer);
        if (earlier.is_discarded() || !equal(place))
            return fail(ErrorCode::SettingInvalid,
                "The run in '" + m_file.parent_path().string() + "' was made with another '" + place.back()
                    + "' than now; use the same data and settings to go on with it, or choose another folder.",
                "resume");
    }
    return {};
}

void RunRecord::addLeftOut(const BrokenFile &file)
{
    m_json["leftOut"].push_back({{"file", file.path.string()}, {"reason", file.reason}});
}

Result<void> RunRecord::writeRunning(const std::vector<EpochResult> &epochs)
{
    setEpochs(epochs);
    return write();
}

Result<void> RunRecord::writeEnd(const TrainingResult &result)
{
    // A run that fails before it could count keeps what was recorded.
    if (!result.epochs.empty()) {
        setEpochs(result.epochs);
        m_json["seconds"] = result.seconds;
    }
    m_json["state"] = stateName(result.reason);
    m_json["ended"] = utcNow();
    if (result.reason == StopReason::Failed)
        m_json["error"] = {{"code", name(result.error.code)}, {"message", result.error.message}, {"subject", result.error.subject}};
    return write();
}

Result<void> RunRecord::write() const
{
    if (m_file.empty())
        return {};
    // A path need not be UTF-8, and the record shall be written all the same.
    return writeText(m_file, m_json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

} // namespace graft
