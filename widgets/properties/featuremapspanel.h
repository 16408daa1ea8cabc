#pragma once
#include "common/retranslation.h"
#include "graph/featuremaps.h"

#include <QImage>
#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace graft {

class DropHighlight;
class FeatureGrid;

/// What the chosen layer makes of a picture: a thumbnail for each channel, bars for plain numbers. Shows them; says which picture the
/// person wants.
class FeatureMapsPanel : public QWidget {
    Q_OBJECT

public:
    explicit FeatureMapsPanel(QWidget *parent = nullptr);
    /// The picture that is looked at; an empty name: none yet.
    void setPicture(const QString &name, const QImage &thumbnail);
    void setMaps(const QString &layerName, const FeatureMaps &maps);
    /// In place of maps: why there are none, or that they are on their way.
    void setMessage(const QString &sentence);

Q_SIGNALS:
    void choosePictureRequested();
    void pictureDropped(const QString &path);
    void shown(); ///< it came into sight, so that maps are worth the work

protected:
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildPicture();
    QWidget *buildMaps();
    void refresh();
    [[nodiscard]] QString describeMaps() const;

    Retranslation m_texts;
    QString m_layerName;
    FeatureMaps m_maps;
    QString m_message;
    QString m_pictureName;
    QImage m_thumbnail;
    QLabel *m_picture = nullptr;
    QLabel *m_caption = nullptr;
    QPushButton *m_choose = nullptr;
    QLabel *m_title = nullptr;
    QComboBox *m_order = nullptr;
    QComboBox *m_scale = nullptr;
    QLabel *m_note = nullptr;
    FeatureGrid *m_grid = nullptr;
    DropHighlight *m_highlight = nullptr;
};

} // namespace graft
