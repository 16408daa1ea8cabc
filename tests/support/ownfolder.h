#pragma once
#include <QSettings>
#include <QStandardPaths>
#include <QString>
#include <QTemporaryDir>

/// A folder that is gone afterwards; the program's settings go there from now on.
class OwnFolder {
public:
    OwnFolder()
    {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    }
    [[nodiscard]] QString path(const QString &name = {}) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};
