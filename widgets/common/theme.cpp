#include "common/theme.h"

#include <QApplication>
#include <QHash>
#include <QLineEdit>
#include <QPainter>
#include <QPalette>
#include <QProxyStyle>
#include <QString>
#include <QStyleOption>
#include <QTextLayout>
#include <algorithm>

namespace graft {

namespace {

int lightLooks = 0;

bool isDarkPalette(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

struct Shades {
    QRgb window, base, alternate, button, text, muted, disabled, accent, onAccent, tip, tipText, light, mid, dark;
};
constexpr Shades lightShades{0xf4f5f7, 0xffffff, 0xf7f8fa, 0xfbfbfc, 0x1b2430, 0x596573, 0x9aa3ae, 0x0f7a5e, 0xffffff, 0x27303a, 0xf2f4f6,
    0xffffff, 0xc9cfd6, 0xa9b1bb};
constexpr Shades darkShades{0x20252b, 0x191d22, 0x1e2329, 0x2b3139, 0xe3e7ec, 0x9ea9b5, 0x66707b, 0x43c59b, 0x0c1a15, 0xe6eaee, 0x1b2430,
    0x3a424c, 0x14181c, 0x101317};

QPalette paletteOf(const Shades &shades)
{
    QPalette palette;
    palette.setColor(QPalette::Window, shades.window);
    palette.setColor(QPalette::WindowText, shades.text);
    palette.setColor(QPalette::Base, shades.base);
    palette.setColor(QPalette::AlternateBase, shades.alternate);
    palette.setColor(QPalette::Text, shades.text);
    palette.setColor(QPalette::PlaceholderText, shades.muted);
    palette.setColor(QPalette::Button, shades.button);
    palette.setColor(QPalette::ButtonText, shades.text);
    palette.setColor(QPalette::BrightText, shades.onAccent);
    palette.setColor(QPalette::Highlight, shades.accent);
    palette.setColor(QPalette::HighlightedText, shades.onAccent);
    palette.setColor(QPalette::Link, shades.accent);
    palette.setColor(QPalette::LinkVisited, shades.accent);
    palette.setColor(QPalette::ToolTipBase, shades.tip);
    palette.setColor(QPalette::ToolTipText, shades.tipText);
    palette.setColor(QPalette::Light, shades.light);
    palette.setColor(QPalette::Midlight, shades.button);
    palette.setColor(QPalette::Mid, shades.mid);
    palette.setColor(QPalette::Dark, shades.dark);
    palette.setColor(QPalette::Shadow, Qt::black);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, shades.disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, shades.mid);
    return palette;
}

constexpr int comboBoxTextMargin = 4;

/// How much too high a field's text would stand: Qt centres letters that come from a taller font by their own height, but sets them on
/// the base line of the field's font.
int textRise(const QLineEdit &field)
{
    const QString text = field.displayText();
    if (std::all_of(text.begin(), text.end(), [](QChar letter) { return letter.unicode() < 0x300; }))
        return 0;
    QTextLayout layout(text, field.font());
    layout.beginLayout();
    const QTextLine line = layout.createLine();
    layout.endLayout();
    return std::max(0, (qRound(line.height()) + 1 - field.fontMetrics().height()) / 2);
}

/// Fusion with outlines around text fields and check boxes that are seen on dark grounds too, and with Chinese in the middle of its fields.
class GraftStyle : public QProxyStyle {
public:
    GraftStyle() : QProxyStyle(QStringLiteral("Fusion")) { }
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override
    {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        const bool isField = element == PE_FrameLineEdit;
        const bool isCheck = element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
        const bool isRadio = element == PE_IndicatorRadioButton;
        const QPalette &palette = option->palette;
        if ((!isField && !isCheck && !isRadio) || !isDarkPalette(palette))
            return;
        const bool focused = isField && (option->state & State_HasFocus);
        const QRectF rect = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setBrush(Qt::NoBrush);
        const QColor outline = blend(palette.color(QPalette::Base), palette.color(QPalette::Text), isField ? fieldOutline : 0.45);
        painter->setPen(QPen(focused ? palette.color(QPalette::Highlight) : outline, 1));
        if (isRadio)
            painter->drawEllipse(rect);
        else
            painter->drawRoundedRect(rect, 2, 2);
        painter->restore();
    }
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override
    {
        const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        if (element != CE_ComboBoxLabel || !box)
            return QProxyStyle::drawControl(element, option, painter, widget);
        QStyleOptionComboBox elided = *box; // Fusion cuts a long text without a sign
        const int room = subControlRect(CC_ComboBox, box, SC_ComboBoxEditField, widget).width() - comboBoxTextMargin;
        elided.currentText = box->fontMetrics.elidedText(box->currentText, Qt::ElideRight, room);
        QProxyStyle::drawControl(element, &elided, painter, widget);
    }
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override
    {
        QRect rect = QProxyStyle::subElementRect(element, option, widget);
        if (const auto *field = element == SE_LineEditContents ? qobject_cast<const QLineEdit *>(widget) : nullptr)
            rect.translate(0, textRise(*field));
        return rect;
    }
    void drawComplexControl(
        ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const override
    {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        const QPalette &palette = option->palette;
        if (control != CC_SpinBox || !isDarkPalette(palette))
            return;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QColor outline = blend(palette.color(QPalette::Base), palette.color(QPalette::Text), fieldOutline);
        painter->setPen(QPen(option->state & State_HasFocus ? palette.color(QPalette::Highlight) : outline, 1));
        painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
        painter->restore();
    }

private:
    static constexpr double fieldOutline = 0.28;
};

QColor either(QRgb light, QRgb dark)
{
    return QColor(isDark() ? dark : light);
}

} // namespace

void applyTheme(QApplication &application, Theme theme)
{
    static const bool desktopIsDark = isDarkPalette(QApplication::palette());
    const bool dark = theme == Theme::Dark || (theme == Theme::System && desktopIsDark);
    if (!dynamic_cast<GraftStyle *>(application.style()))
        QApplication::setStyle(new GraftStyle);
    QApplication::setPalette(paletteOf(dark ? darkShades : lightShades));
}

LightLook::LightLook()
{
    ++lightLooks;
}

LightLook::~LightLook()
{
    --lightLooks;
}

QPalette lookPalette()
{
    return lightLooks > 0 ? paletteOf(lightShades) : QApplication::palette();
}

bool isDark()
{
    return isDarkPalette(lookPalette());
}

QColor frozenColor()
{
    return either(0x1d6fb8, 0x6fb4f0);
}

QColor trainableColor()
{
    return either(0xa8560b, 0xf0a65a);
}

QColor accentColor()
{
    return lookPalette().color(QPalette::Highlight);
}

QColor mutedTextColor()
{
    return lookPalette().color(QPalette::PlaceholderText);
}

QColor warningColor()
{
    return either(0x8f6400, 0xe8bd4a);
}

QColor errorColor()
{
    return either(0xc02a32, 0xff8a85);
}

QColor successColor()
{
    return either(0x257a36, 0x6fcf7f);
}

QColor categoryColor(const QString &category)
{
    static const QHash<QString, std::pair<QRgb, QRgb>> colors{
        {QStringLiteral("convolution"), {0x4a5dd1, 0x97a3ff}},
        {QStringLiteral("normalization"), {0x35717d, 0x6fc0cf}},
        {QStringLiteral("activation"), {0xb63c59, 0xf58aa2}},
        {QStringLiteral("pooling"), {0x2c7649, 0x74c994}},
        {QStringLiteral("linear"), {0x8b45b8, 0xcb93f0}},
        {QStringLiteral("merge"), {0x856300, 0xdfb53f}},
        {QStringLiteral("regularization"), {0x8a5a3c, 0xd3a07d}},
        {QStringLiteral("shape"), {0x5c6874, 0xa3aeba}},
        {QStringLiteral("elementwise"), {0x9c4a1e, 0xf0a06a}},
        {QStringLiteral("attention"), {0xa0347f, 0xee8fd2}},
        {QStringLiteral("parameter"), {0x5f6918, 0xc3cf68}},
    };
    const auto [light, dark] = colors.value(category, {0x606a76, 0x9ca7b2});
    return either(light, dark);
}

QColor blend(const QColor &under, const QColor &over, double share)
{
    const auto mixed = [share](float from, float to) { return from + (to - from) * float(share); };
    return QColor::fromRgbF(mixed(under.redF(), over.redF()), mixed(under.greenF(), over.greenF()), mixed(under.blueF(), over.blueF()));
}

} // namespace graft
