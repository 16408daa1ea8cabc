#pragma once
#include <QStringList>
#include <QWidget>

namespace graft {

/// A small drawing of the folder layout that Graft reads: a folder, in it one folder for each class, in those the pictures.
class FolderSketch : public QWidget {
    Q_OBJECT

public:
    explicit FolderSketch(QWidget *parent = nullptr);
    void setNames(const QString &folder, const QStringList &classes);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] int widestName() const;

    QString m_folder;
    QStringList m_classes;
};

} // namespace graft
