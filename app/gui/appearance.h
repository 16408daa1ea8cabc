#pragma once
#include "common/theme.h"

#include <QList>
#include <QObject>
#include <QTranslator>
#include <memory>
#include <vector>

namespace graft {

/// The look and the language of the program; both change at run time and are remembered.
class Appearance : public QObject {
    Q_OBJECT
public:
    struct Language {
        QString code; ///< "en", "zh_CN"
        QString name; ///< in its own words
    };
    [[nodiscard]] static const QList<Language> &languages();

    explicit Appearance(QObject *parent = nullptr);
    /// Applies what was remembered, or the system's.
    void restore();
    void setTheme(Theme theme);
    [[nodiscard]] Theme theme() const { return m_theme; }
    /// A code of languages(); false when there is none such.
    bool setLanguage(const QString &code);
    [[nodiscard]] QString language() const { return m_language; }
    [[nodiscard]] static QString themeName(Theme theme); ///< "system", "light", "dark"
    [[nodiscard]] static bool parseTheme(const QString &name, Theme &theme);

private:
    Theme m_theme = Theme::System;
    QString m_language = QStringLiteral("en");
    std::vector<std::unique_ptr<QTranslator>> m_translators;
};

} // namespace graft
