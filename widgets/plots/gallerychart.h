#pragma once
#include "gallery/galleryentry.h"

#include <QHash>
#include <QSet>
#include <QWidget>
#include <optional>
#include <vector>

class QCustomPlot;
class QLabel;

namespace graft {

class BubbleItem;

/// Published accuracy against what a picture costs, a bubble for each entry: its area is the number of parameters, its colour the family.
/// A click chooses, pointing shows the figures, left and right go from bubble to bubble; the wheel zooms, dragging moves, a double click
/// shows all.
class GalleryChart : public QWidget {
    Q_OBJECT

public:
    enum class Axis { MultiplyAdds, Speed }; ///< both logarithmic; entries without a measured speed are left out of the latter

    explicit GalleryChart(QWidget *parent = nullptr);
    void setEntries(const std::vector<GalleryEntry> &entries);
    /// Those that are shown; the others fade.
    void setShown(const QSet<QString> &references);
    /// Marks this entry without a signal.
    void setChosen(const QString &reference);
    void setAxis(Axis axis);
    [[nodiscard]] QColor familyColor(const QString &family) const;
    /// Where the entry's bubble is in the chart's own pixels; null when it is not drawn.
    [[nodiscard]] QPoint placeOf(const QString &reference) const;
    [[nodiscard]] QWidget *canvas() const; ///< what takes mouse and keys

Q_SIGNALS:
    void chosen(const QString &reference);
    void activated(const QString &reference); ///< Return
    void familyChosen(const QString &family);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void applyTheme();
    void applyTexts();
    void showAll();
    void hover(const QPoint &place, const QPoint &onScreen);
    void choose(int index);
    void step(int direction);

    QCustomPlot *m_plot = nullptr;
    BubbleItem *m_bubbles = nullptr; ///< owned by the plot
    QLabel *m_legend = nullptr;
    std::vector<GalleryEntry> m_entries;
    QHash<QString, int> m_families; ///< name → place in the colour circle
    std::optional<QSet<QString>> m_shown; ///< none: all
    Axis m_axis = Axis::MultiplyAdds;
    bool m_followAll = true; ///< until the person zooms or drags
};

} // namespace graft
