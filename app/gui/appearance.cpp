#include "gui/appearance.h"

#include "common/tooltipwrapper.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <algorithm>

namespace graft {
namespace {

const QString themeKey = QStringLiteral("appearance/theme");
const QString languageKey = QStringLiteral("appearance/language");

QString systemLanguage()
{
    const QLocale locale = QLocale::system();
    if (locale.language() != QLocale::Chinese)
        return QStringLiteral("en");
    return locale.script() == QLocale::TraditionalChineseScript ? QStringLiteral("zh_TW") : QStringLiteral("zh_CN");
}

} // namespace

const QList<Appearance::Language> &Appearance::languages()
{
    static const QList<Language> all = {{QStringLiteral("en"), QStringLiteral("English")},
        {QStringLiteral("zh_CN"), QStringLiteral("简体中文")}, {QStringLiteral("zh_TW"), QStringLiteral("繁體中文")}};
    return all;
}

Appearance::Appearance(QObject *parent) : QObject(parent)
{
    qApp->installEventFilter(new ToolTipWrapper(this));
}

void Appearance::restore()
{
    const QSettings settings;
    Theme theme = Theme::System;
    const bool known = parseTheme(settings.value(themeKey).toString(), theme);
    setTheme(known ? theme : Theme::System);
    if (!setLanguage(settings.value(languageKey, systemLanguage()).toString()))
        setLanguage(QStringLiteral("en"));
}

QString Appearance::themeName(Theme theme)
{
    switch (theme) {
    case Theme::Light: return QStringLiteral("light");
    case Theme::Dark: return QStringLiteral("dark");
    case Theme::System: break;
    }
    return QStringLiteral("system");
}

bool Appearance::parseTheme(const QString &name, Theme &theme)
{
    for (const Theme each : {Theme::System, Theme::Light, Theme::Dark}) {
        if (themeName(each) == name) {
            theme = each;
            return true;
        }
    }
    return false;
}

void Appearance::setTheme(Theme theme)
{
    m_theme = theme;
    applyTheme(*qApp, theme);
    QSettings().setValue(themeKey, themeName(theme));
}

bool Appearance::setLanguage(const QString &code)
{
    const bool known = std::any_of(languages().begin(), languages().end(), [&](const Language &each) { return each.code == code; });
    if (!known)
        return false;
    for (const auto &translator : m_translators)
        QCoreApplication::removeTranslator(translator.get());
    m_translators.clear();
    m_language = code;
    QLocale::setDefault(QLocale(code));
    const QString qtFolder = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
    for (const auto &[file, folder] :
        {std::pair{QStringLiteral("qtbase_"), qtFolder}, std::pair{QStringLiteral("graft_"), QStringLiteral(":/i18n")}}) {
        auto translator = std::make_unique<QTranslator>();
        if (code != QLatin1String("en") && translator->load(file + code, folder)) {
            QCoreApplication::installTranslator(translator.get());
            m_translators.push_back(std::move(translator));
        }
    }
    QSettings().setValue(languageKey, code);
    return true;
}

} // namespace graft
