#pragma once
#include <QIcon>

namespace graft {

/// One of Graft's own monochrome icons (`widgets/common/icons/<name>.svg`), drawn at any size in the palette's text colour of the moment;
/// dimmed when disabled, in the accent's text colour when selected. An unknown name is a defect (asserted) and gives an empty icon.
[[nodiscard]] QIcon icon(const QString &name);
/// The same in a fixed colour.
[[nodiscard]] QIcon icon(const QString &name, const QColor &color);

} // namespace graft
