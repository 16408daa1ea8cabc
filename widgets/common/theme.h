#pragma once
#include <QColor>

class QApplication;
class QPalette;
class QString;

namespace graft {

enum class Theme { System, Light, Dark };

/// Fusion with Graft's palette; may be called again at run time, windows follow by QEvent::PaletteChange. System takes the side (light or
/// dark) that the desktop had when the program started.
void applyTheme(QApplication &application, Theme theme);
/// While it lives the colours below are those of the light look, for pictures that are printed or sent on. On the window's thread.
class LightLook {
public:
    LightLook();
    ~LightLook();
    LightLook(const LightLook &) = delete;
    LightLook &operator=(const LightLook &) = delete;
};

/// The application's palette, or the light one within a LightLook.
[[nodiscard]] QPalette lookPalette();
/// Whether the present palette is a dark one.
[[nodiscard]] bool isDark();

/// Colours with a meaning, for the present palette; text in them reads on the window's and the views' background (4.5 : 1 or more).
[[nodiscard]] QColor frozenColor(); ///< cool
[[nodiscard]] QColor trainableColor(); ///< warm
[[nodiscard]] QColor accentColor();
[[nodiscard]] QColor mutedTextColor();
[[nodiscard]] QColor warningColor();
[[nodiscard]] QColor errorColor();
[[nodiscard]] QColor successColor();
/// Of a layer type's category ("convolution", "normalization", …); grey for one that is not known.
[[nodiscard]] QColor categoryColor(const QString &category);
/// `share` of `over` laid on `under`, opaque: tints that fit both looks.
[[nodiscard]] QColor blend(const QColor &under, const QColor &over, double share);

} // namespace graft
