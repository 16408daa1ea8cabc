#pragma once
#include <QProcess>
#include <QString>
#include <QStringList>

/// Runs a script that lies in tests/data with the Python that has torchvision and Pillow; empty when it went well, else what it said.
inline QString runPython(const QString &script, const QStringList &arguments)
{
    QProcess python;
    python.start(QStringLiteral(GRAFT_PYTHON), QStringList{QStringLiteral(GRAFT_SOURCE_DIR "/tests/data/") + script} + arguments);
    if (!python.waitForFinished(60'000))
        return QStringLiteral("python did not finish: ") + python.errorString();
    return python.exitCode() == 0 && python.exitStatus() == QProcess::NormalExit ? QString()
                                                                                 : QString::fromUtf8(python.readAllStandardError());
}
