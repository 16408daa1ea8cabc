#pragma once
#include <QAbstractListModel>
#include <QCache>
#include <QImage>
#include <QListView>
#include <QPixmap>
#include <QSet>
#include <QTimer>

namespace graft {

/// Paths and the thumbnails that have come for them. Keeps the last few thousand.
class ThumbnailModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { PathRole = Qt::UserRole, StateRole };
    enum class State { Missing, Present, Broken };

    explicit ThumbnailModel(QObject *parent = nullptr);
    void setPaths(const QStringList &paths); ///< asks for nothing by itself
    void setThumbnail(const QString &path, const QImage &picture); ///< an empty one: it cannot be shown
    void forgetThumbnails();
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    /// Asks for the thumbnail of a row that has none yet, when control returns to the event loop.
    void want(int row);

Q_SIGNALS:
    void thumbnailRequested(const QString &path);

private:
    void sendRequests();

    QStringList m_paths;
    QCache<QString, QPixmap> m_thumbnails;
    QSet<QString> m_broken;
    QSet<QString> m_requested;
    QStringList m_waiting;
    QTimer m_timer;
};

/// Thumbnails in rows that fill the width; asks for those that are painted, that is, visible.
class ThumbnailView : public QListView {
    Q_OBJECT

public:
    explicit ThumbnailView(QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;
};

} // namespace graft
