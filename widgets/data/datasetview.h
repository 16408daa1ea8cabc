#pragma once
#include "common/retranslation.h"
#include "data/dataset.h"

#include <QImage>
#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QListWidget;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTableView;
class QTreeWidget;

namespace graft {

class ClassTableModel;
class DropHighlight;
class ThumbnailModel;
class ThumbnailView;

/// A folder of class folders as it was found: classes, counts, pictures, and what was left out. Without a data set it invites one.
class DatasetView : public QWidget {
    Q_OBJECT

public:
    explicit DatasetView(QWidget *parent = nullptr);
    void setDataset(const Dataset &dataset, const Split &split);
    void clear();
    void setBusy(const ScanProgress &progress); ///< until setDataset() or clear()
    void setChecking(const ScanProgress &progress); ///< of the pictures that are shown; a total of 0 = no more
    /// An empty picture means that it cannot be shown.
    void setThumbnail(const QString &path, const QImage &picture);
    void setValidationShare(double share); ///< emits nothing
    /// Whether another folder and another share may be chosen (not during training).
    void setEditable(bool editable);

Q_SIGNALS:
    void folderChosen(const QString &path); ///< one was dropped here
    void chooseFolderRequested();
    void thumbnailRequested(const QString &path); ///< when it becomes visible
    void validationShareChanged(double share);
    void cancelRequested();
    void stopCheckingRequested();

protected:
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *buildEmptyPage();
    QWidget *buildBusyPage();
    QWidget *buildDataPage();
    QWidget *buildDataHeader();
    QWidget *buildCheckingRow();
    void buildClasses();
    QWidget *buildProblems();
    void refreshTexts();
    void takePictures(const Dataset &dataset, const Split &split);
    void showClass(int classIndex);

    Retranslation m_texts;
    Dataset m_dataset; ///< without its samples
    std::vector<std::vector<PicturePath>> m_pictures; ///< of each class, training ones first
    std::size_t m_trainCount = 0, m_validationCount = 0;
    QStackedWidget *m_pages = nullptr;
    QLabel *m_busyText = nullptr;
    QProgressBar *m_busyBar = nullptr;
    QLabel *m_folder = nullptr;
    QLabel *m_totals = nullptr;
    QWidget *m_checking = nullptr;
    QLabel *m_checkingText = nullptr;
    QPushButton *m_stopChecking = nullptr;
    ScanProgress m_checked;
    QLabel *m_shareLabel = nullptr;
    QDoubleSpinBox *m_share = nullptr;
    QPushButton *m_choose = nullptr;
    QTableView *m_classes = nullptr;
    ClassTableModel *m_classModel = nullptr;
    ThumbnailView *m_thumbnails = nullptr;
    ThumbnailModel *m_thumbnailModel = nullptr;
    QLabel *m_classTitle = nullptr;
    QWidget *m_problems = nullptr;
    QLabel *m_problemsTitle = nullptr;
    QTreeWidget *m_problemList = nullptr;
    DropHighlight *m_highlight = nullptr;
    bool m_editable = true;
};

} // namespace graft
