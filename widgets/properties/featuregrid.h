#pragma once
#include "graph/featuremaps.h"

#include <QAbstractScrollArea>
#include <QImage>
#include <vector>

namespace graft {

/// Colours from dark blue over green to yellow, equally far apart to the eye and in grey; 0 … 1, what is not a number is grey.
[[nodiscard]] QRgb mapColor(double share);
/// The map's values in colours, `minimum` dark and `maximum` bright; one pixel to a value.
[[nodiscard]] QImage mapImage(const FeatureMap &map, float minimum, float maximum);

/// The maps of a layer as thumbnails that scroll; draws only what is seen, so that thousands are no burden.
class FeatureGrid : public QAbstractScrollArea {
    Q_OBJECT

public:
    enum class Order { ByNumber, StrongestFirst };
    enum class Scale { EachByItself, AllAlike };

    explicit FeatureGrid(QWidget *parent = nullptr);
    void setMaps(const FeatureMaps &maps);
    void clear();
    void setOrder(Order order);
    void setScale(Scale scale);
    /// Channels in the order shown.
    [[nodiscard]] std::vector<std::int64_t> shownChannels() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void arrange();
    void sort();
    void paintMaps(QPainter &painter);
    void paintTable(QPainter &painter);
    void paintVector(QPainter &painter);
    [[nodiscard]] QRect cell(int place) const; ///< in the viewport
    [[nodiscard]] QString tipAt(const QPoint &position) const;
    [[nodiscard]] QString channelTip(const FeatureMap &map) const;

    FeatureMaps m_maps;
    std::vector<std::size_t> m_order; ///< places in m_maps.maps
    std::vector<QImage> m_images; ///< per map; null = not drawn yet
    Order m_sorting = Order::ByNumber;
    Scale m_scale = Scale::EachByItself;
    int m_columns = 1;
};

} // namespace graft
