#include "properties/featuremapspanel.h"
#include "common/text.h"
#include "data/drophighlight.h"
#include "properties/featuregrid.h"
#include "properties/panelparts.h"

#include <QComboBox>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace graft {
namespace {

constexpr int pictureSide = 144, captionReach = 24; // pixels

QString number(double value)
{
    return QLocale().toString(value, 'g', 3);
}

} // namespace

FeatureMapsPanel::FeatureMapsPanel(QWidget *parent) : QWidget(parent)
{
    setAcceptDrops(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 8, 8, 8);
    row->setSpacing(12);
    row->addWidget(buildPicture());
    row->addWidget(buildMaps(), 1);
    m_highlight = new DropHighlight(this);
    m_texts.add([this] {
        m_choose->setText(tr("Choose a picture…"));
        m_order->setItemText(0, tr("By number"));
        m_order->setItemText(1, tr("Strongest first"));
        m_order->setAccessibleName(tr("Order of the channels"));
        m_order->setToolTip(tr("The strength of a channel is the mean of its values without their signs."));
        m_scale->setItemText(0, tr("Each channel by itself"));
        m_scale->setItemText(1, tr("All channels alike"));
        m_scale->setAccessibleName(tr("What the colours go by"));
        m_scale->setToolTip(tr("Dark is the smallest value, bright the largest: of the channel, or of all channels."));
        refresh();
    });
    connect(m_choose, &QPushButton::clicked, this, &FeatureMapsPanel::choosePictureRequested);
    connect(m_order, &QComboBox::currentIndexChanged, this,
        [this](int index) { m_grid->setOrder(index == 1 ? FeatureGrid::Order::StrongestFirst : FeatureGrid::Order::ByNumber); });
    connect(m_scale, &QComboBox::currentIndexChanged, this,
        [this](int index) { m_grid->setScale(index == 1 ? FeatureGrid::Scale::AllAlike : FeatureGrid::Scale::EachByItself); });
}

QWidget *FeatureMapsPanel::buildPicture()
{
    auto *side = new QWidget;
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_picture = new QLabel;
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setFixedSize(pictureSide, pictureSide);
    m_caption = makeNote();
    m_choose = new QPushButton;
    side->setFixedWidth(pictureSide + captionReach);
    column->addWidget(m_picture, 0, Qt::AlignHCenter);
    column->addWidget(m_caption);
    column->addWidget(m_choose);
    column->addStretch(1);
    return side;
}

QWidget *FeatureMapsPanel::buildMaps()
{
    auto *side = new QWidget;
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto *header = new QHBoxLayout;
    m_title = makeValueLabel();
    m_order = new QComboBox;
    m_scale = new QComboBox;
    for (QComboBox *box : {m_order, m_scale}) {
        box->addItems({QString(), QString()});
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    }
    header->addWidget(m_title, 1);
    header->addWidget(m_order);
    header->addWidget(m_scale);
    m_note = makeNote();
    m_grid = new FeatureGrid;
    column->addLayout(header);
    column->addWidget(m_note);
    column->addWidget(m_grid, 1);
    return side;
}

void FeatureMapsPanel::setPicture(const QString &name, const QImage &thumbnail)
{
    m_pictureName = name;
    m_thumbnail = thumbnail;
    refresh();
}

void FeatureMapsPanel::setMaps(const QString &layerName, const FeatureMaps &maps)
{
    m_layerName = layerName;
    m_maps = maps;
    m_message.clear();
    m_grid->setMaps(maps);
    refresh();
}

void FeatureMapsPanel::setMessage(const QString &sentence)
{
    m_message = sentence;
    m_maps = {};
    m_grid->clear();
    refresh();
}

QString FeatureMapsPanel::describeMaps() const
{
    const auto count = static_cast<qlonglong>(m_maps.maps.size());
    const FeatureMap &first = m_maps.maps.front();
    const QString size = formatShape({first.height, first.width});
    switch (m_maps.form) {
    case FeatureMaps::Form::Vector: return tr("%L1 numbers").arg(first.width);
    case FeatureMaps::Form::Table: return tr("%L1 tokens of %L2 numbers, a line for each token").arg(first.height).arg(first.width);
    case FeatureMaps::Form::TokenMaps: return tr("%L1 numbers of each token, laid on the grid of %2 tokens").arg(count).arg(size);
    default: return tr("%L1 channels of %2").arg(count).arg(size);
    }
}

void FeatureMapsPanel::refresh()
{
    const bool hasMaps = !m_maps.maps.empty();
    const bool isGrid = hasMaps && (m_maps.form == FeatureMaps::Form::Maps || m_maps.form == FeatureMaps::Form::TokenMaps);
    const double ratio = devicePixelRatioF();
    if (m_thumbnail.isNull()) {
        m_picture->setText(tr("Drop a picture here"));
    } else {
        QPixmap pixmap = QPixmap::fromImage(
            m_thumbnail.scaled(QSize(pictureSide, pictureSide) * ratio, Qt::KeepAspectRatio, Qt::SmoothTransformation));
        pixmap.setDevicePixelRatio(ratio);
        m_picture->setPixmap(pixmap);
    }
    m_caption->setText(m_caption->fontMetrics().elidedText(m_pictureName, Qt::ElideMiddle, pictureSide + captionReach));
    m_caption->setToolTip(m_pictureName);
    m_title->setText(hasMaps ? m_layerName : QString());
    m_order->setVisible(isGrid);
    m_scale->setVisible(isGrid);
    m_grid->setVisible(hasMaps);
    if (hasMaps) {
        QString text = tr("%1; values from %2 to %3").arg(describeMaps(), number(m_maps.minimum), number(m_maps.maximum));
        if (m_maps.zeroShare > 0)
            text += tr(", %1 of them 0").arg(formatPercent(m_maps.zeroShare));
        if (m_maps.notFinite > 0)
            text += tr(", %L1 not finite (grey)").arg(m_maps.notFinite);
        m_note->setText(text);
    } else {
        m_note->setText(
            m_message.isEmpty() ? tr("Choose a layer in the graph and a picture; what the layer makes of it is shown here.") : m_message);
    }
}

void FeatureMapsPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    QWidget::changeEvent(event);
}

void FeatureMapsPanel::dragEnterEvent(QDragEnterEvent *event)
{
    if (droppedPath(event->mimeData(), DroppedKind::File).isEmpty())
        return;
    event->acceptProposedAction();
    m_highlight->setActive(true);
}

void FeatureMapsPanel::dragLeaveEvent(QDragLeaveEvent *)
{
    m_highlight->setActive(false);
}

void FeatureMapsPanel::dropEvent(QDropEvent *event)
{
    m_highlight->setActive(false);
    event->acceptProposedAction();
    Q_EMIT pictureDropped(droppedPath(event->mimeData(), DroppedKind::File));
}

void FeatureMapsPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    Q_EMIT shown();
}

} // namespace graft
