#pragma once
#include <QProcess>
#include <QString>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

/// What a script beside the tests prints as JSON for this JSON on its standard input; none where Python has no torch.
inline std::optional<nlohmann::json> askPython(const char *script, const nlohmann::json &question)
{
    QProcess python;
    python.start(GRAFT_PYTHON, {QString(GRAFT_SOURCE_DIR "/tests/training/") + script});
    if (!python.waitForStarted())
        return std::nullopt;
    python.write(QByteArray::fromStdString(question.dump()));
    python.closeWriteChannel();
    if (!python.waitForFinished(60000) || python.exitCode() != 0)
        return std::nullopt;
    const auto answer = nlohmann::json::parse(python.readAllStandardOutput().toStdString(), nullptr, false);
    return answer.is_discarded() ? std::nullopt : std::optional(answer);
}

/// Whether GRAFT_PYTHON can answer at all, so that a broken script is a failure and a missing package is not.
inline bool pythonHasTorch()
{
    QProcess python;
    python.start(GRAFT_PYTHON, {"-c", "import torch"});
    return python.waitForStarted() && python.waitForFinished(60000) && python.exitStatus() == QProcess::NormalExit
        && python.exitCode() == 0;
}
