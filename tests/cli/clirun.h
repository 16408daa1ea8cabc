#pragma once
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>

/// What one run of graft-cli did.
struct CliRun {
    int exitCode = -1;
    QString output;
    QString errors;
    [[nodiscard]] QList<QJsonObject> lines() const
    {
        QList<QJsonObject> objects;
        for (const QString &line : output.split('\n', Qt::SkipEmptyParts))
            objects << QJsonDocument::fromJson(line.toUtf8()).object();
        return objects;
    }
    [[nodiscard]] QJsonObject last() const
    {
        const auto objects = lines();
        return objects.isEmpty() ? QJsonObject() : objects.last();
    }
    /// Exit 1, and standard error's last line is one sentence of Graft's own.
    [[nodiscard]] bool failedWithOneSentence() const
    {
        const QStringList sentences = errors.split('\n', Qt::SkipEmptyParts);
        return exitCode == 1 && !sentences.isEmpty() && sentences.last().startsWith("graft-cli: ") && sentences.last().endsWith('.');
    }
};

inline CliRun finished(QProcess &process)
{
    process.waitForFinished(110'000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError())};
}

inline CliRun runCli(const QStringList &arguments)
{
    QProcess process;
    process.start(GRAFT_CLI, arguments);
    return finished(process);
}
