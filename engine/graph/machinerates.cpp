#include "graph/machinerates.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace graft {
namespace {

nlohmann::json toJson(const PassRate &rate)
{
    return {rate.perMultiplyAdd, rate.perValue, rate.perParameter};
}

double number(const nlohmann::json &json)
{
    const double value = json.get<double>();
    if (!std::isfinite(value) || value < 0)
        throw nlohmann::json::other_error::create(501, "a rate that is no time", &json);
    return value;
}

PassRate passRate(const nlohmann::json &json)
{
    return {number(json.at(0)), number(json.at(1)), number(json.at(2))};
}

} // namespace

nlohmann::json toJson(const MachineRates &rates)
{
    nlohmann::json work = nlohmann::json::object();
    for (const Work kind : allWork) {
        const WorkRate &rate = rates.of(kind);
        work[std::string(name(kind))] = {toJson(rate.forward), toJson(rate.backward), toJson(rate.weightGradient), toJson(rate.compiled)};
    }
    return {{"work", work}, {"forwardCall", rates.forwardCall}, {"backwardCall", rates.backwardCall}, {"freshByte", rates.freshByte},
        {"optimizerValue", rates.optimizerValue}};
}

Result<MachineRates> machineRatesFromJson(const nlohmann::json &json)
{
    try {
        MachineRates rates;
        for (const Work kind : allWork) {
            const nlohmann::json &work = json.at("work").at(std::string(name(kind)));
            rates.of(kind) = {passRate(work.at(0)), passRate(work.at(1)), passRate(work.at(2)), passRate(work.at(3))};
        }
        rates.forwardCall = number(json.at("forwardCall"));
        rates.backwardCall = number(json.at("backwardCall"));
        rates.freshByte = number(json.at("freshByte"));
        rates.optimizerValue = number(json.at("optimizerValue"));
        return rates;
    } catch (const nlohmann::json::exception &) {
        return fail(ErrorCode::FileCorrupt, "What was measured of this machine cannot be read; measure it again.");
    }
}

double freshBytes(double blockBytes)
{
    // glibc takes large blocks from the system each time and gives them back at once; half of what is asked for in smaller ones is new all
    // the same. Where tcmalloc serves, MachineRates::freshByte is next to nothing.
    constexpr double mappedBlock = 32 << 20, smallBlock = 128 << 10;
    return blockBytes > mappedBlock ? blockBytes : blockBytes > smallBlock ? blockBytes / 2 : 0;
}

PassRate fitRate(const std::vector<PassSample> &samples)
{
    // Least squares of relative errors under x ≥ 0, one unknown at a time; three unknowns settle in a few dozen rounds.
    constexpr int rounds = 500;
    std::array<double, 3> rate{};
    const auto parts = [](const PassSample &sample) {
        return std::array{sample.multiplyAdds / sample.seconds, sample.values / sample.seconds, sample.parameters / sample.seconds};
    };
    for (int round = 0; round < rounds; ++round)
        for (std::size_t unknown = 0; unknown < rate.size(); ++unknown) {
            double above = 0, below = 0;
            for (const PassSample &sample : samples) {
                const auto part = parts(sample);
                double rest = 1;
                for (std::size_t other = 0; other < rate.size(); ++other)
                    rest -= other == unknown ? 0 : rate[other] * part[other];
                above += rest * part[unknown];
                below += part[unknown] * part[unknown];
            }
            rate[unknown] = below > 0 ? std::max(0.0, above / below) : 0;
        }
    return {rate[0], rate[1], rate[2]};
}

} // namespace graft
