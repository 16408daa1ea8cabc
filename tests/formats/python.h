#pragma once
#include <QProcess>
#include <QString>
#include <QStringList>
#include <optional>

/// Runs tests/formats/<script> with the Python that has torch; its standard output, or nothing when it failed (its words go to the log).
inline std::optional<QByteArray> runPython(const QString &script, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(GRAFT_PYTHON, QStringList{GRAFT_SOURCE_DIR "/tests/formats/" + script} + arguments);
    if (!process.waitForFinished(100'000) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return std::nullopt;
    return process.readAllStandardOutput();
}
