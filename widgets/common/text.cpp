#include "common/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <array>
#include <cmath>

namespace graft {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("graft::text", text);
}

/// Three digits in all: "4.09", "25.6", "950".
QString threeDigits(double value)
{
    const double size = std::abs(value);
    return QLocale().toString(value, 'f', size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
}

struct Scaled {
    double value;
    int step; ///< how often it was divided by 1000
};

/// 999,950 is "1.00 M", not "1000 K".
Scaled scaled(double value, int steps)
{
    int step = 0;
    while (step < steps && std::abs(value) >= 999.5) {
        value /= 1000;
        ++step;
    }
    return {value, step};
}

} // namespace

QString formatCount(qint64 count)
{
    if (std::abs(count) < 1000)
        return QLocale().toString(count);
    const Scaled number = scaled(double(count), 3);
    static constexpr std::array units{"", "K", "M", "G"};
    return threeDigits(number.value) + QLatin1Char(' ') + QLatin1String(units[std::size_t(number.step)]);
}

QString formatMultiplyAdds(qint64 multiplyAdds)
{
    const Scaled number = scaled(double(multiplyAdds), 4);
    static constexpr std::array units{"MACs", "KMACs", "MMACs", "GMACs", "TMACs"};
    const QString digits = number.step == 0 ? QLocale().toString(multiplyAdds) : threeDigits(number.value);
    return digits + QLatin1Char(' ') + QLatin1String(units[std::size_t(number.step)]);
}

QString formatBytes(qint64 bytes)
{
    const Scaled number = scaled(double(bytes), 4);
    static constexpr std::array units{"B", "kB", "MB", "GB", "TB"};
    const QString digits = number.step == 0 ? QLocale().toString(bytes) : threeDigits(number.value);
    return digits + QLatin1Char(' ') + QLatin1String(units[std::size_t(number.step)]);
}

QString formatDuration(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 0)
        return QStringLiteral("–");
    const QLocale locale;
    if (seconds < 9.95)
        return translated(QT_TRANSLATE_NOOP("graft::text", "%1 s")).arg(locale.toString(seconds, 'f', 1));
    const qint64 whole = std::llround(seconds);
    if (whole < 60)
        return translated(QT_TRANSLATE_NOOP("graft::text", "%1 s")).arg(locale.toString(whole));
    if (whole < 3600)
        return translated(QT_TRANSLATE_NOOP("graft::text", "%1 min %2 s")).arg(locale.toString(whole / 60), locale.toString(whole % 60));
    const qint64 minutes = (whole + 30) / 60;
    return translated(QT_TRANSLATE_NOOP("graft::text", "%1 h %2 min")).arg(locale.toString(minutes / 60), locale.toString(minutes % 60));
}

QString formatPercent(double share)
{
    if (!std::isfinite(share))
        return QStringLiteral("–");
    const QLocale locale;
    // Nearly nothing is not nothing, nearly all is not all.
    if (share > 0 && share < 0.0005)
        return translated(QT_TRANSLATE_NOOP("graft::text", "< %1 %")).arg(locale.toString(0.1));
    if (share > 0.9995 && share < 1)
        return translated(QT_TRANSLATE_NOOP("graft::text", "> %1 %")).arg(locale.toString(99.9));
    const bool whole = share <= 0 || share >= 1;
    return translated(QT_TRANSLATE_NOOP("graft::text", "%1 %")).arg(locale.toString(share * 100, 'f', whole ? 0 : 1));
}

QString unbroken(QString figure)
{
    constexpr QChar wordJoiner(0x2060);
    figure.replace(QLatin1Char(' '), QChar::Nbsp);
    // Chinese is broken between any two letters.
    for (qsizetype place = figure.size() - 1; place > 0; --place)
        if (figure.at(place).script() == QChar::Script_Han)
            figure.insert(place, wordJoiner);
    return figure;
}

QString formatShape(const Shape &shape)
{
    return shape.empty() ? QStringLiteral("?") : fromEngine(describe(shape));
}

QString fromEngine(const std::string &text)
{
    return QString::fromStdString(text);
}

QString engineText(const std::string &text)
{
    return text.empty() ? QString() : QCoreApplication::translate("graft::Engine", text.c_str());
}

} // namespace graft
