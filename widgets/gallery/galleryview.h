#pragma once
#include "common/retranslation.h"
#include "gallery/galleryentry.h"

#include <QWidget>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTableView;
class QToolButton;

namespace graft {

class GalleryChart;
class GalleryFilter;
class GalleryModel;

/// Published weights to choose from: a chart of accuracy against cost beside a table that sorts and filters; below, what is known of the
/// chosen one and what can be done with it.
class GalleryView : public QWidget {
    Q_OBJECT

public:
    explicit GalleryView(QWidget *parent = nullptr);

    void setEntries(const std::vector<GalleryEntry> &entries);
    [[nodiscard]] QString chosen() const { return m_chosen; } ///< a reference; empty when nothing is
    void choose(const QString &reference);
    /// The entries that the filter lets through, in the table's order.
    [[nodiscard]] QStringList shown() const;
    /// Bytes of the download that runs.
    void setDownload(const QString &reference, qint64 done, qint64 total);
    void clearDownload();
    /// The network that is being measured, and how many of how many are done.
    void setMeasuring(const QString &reference, int done, int total);
    void clearMeasuring();
    /// What went wrong, until the next thing is tried.
    void showProblem(const QString &headline, const QString &sentence);
    void showNote(const QString &sentence);
    void clearMessage();
    [[nodiscard]] int batch() const; ///< pictures at a time when speed is measured

Q_SIGNALS:
    void openRequested(const QString &reference); ///< after a download, where the file is not here
    void downloadRequested(const QString &reference);
    void cancelDownloadRequested();
    void adoptRequested(const QString &reference); ///< «I already have the file…»
    void removeRequested(const QString &reference);
    void measureRequested(const QStringList &references, int batch);
    void cancelMeasuringRequested();
    void batchChanged(int batch); ///< the speeds of that batch are wanted
    void backRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildHead();
    QWidget *buildChart();
    QWidget *buildTable();
    QWidget *buildFoot();
    void connectParts();
    void addTexts();
    void addFilterTexts();
    void chooseRow();
    void filter();
    void refresh();
    void refreshMessage();
    void showMenu(const QPoint &place);
    void copyRow() const;
    [[nodiscard]] const GalleryEntry *entry() const;
    [[nodiscard]] QString figuresOf(const GalleryEntry &entry) const;

    Retranslation m_texts;
    GalleryModel *m_model;
    GalleryFilter *m_filter;
    QToolButton *m_back;
    QLabel *m_title;
    QLineEdit *m_search;
    QComboBox *m_axis;
    QLabel *m_axisLabel;
    GalleryChart *m_chart;
    QTableView *m_table;
    QLabel *m_name;
    QLabel *m_figures;
    QLabel *m_message;
    QPushButton *m_open;
    QPushButton *m_download;
    QPushButton *m_adopt;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
    QComboBox *m_batch;
    QPushButton *m_measure;
    QPushButton *m_measureAll;
    QProgressBar *m_measureProgress;
    QPushButton *m_cancelMeasuring;
    QString m_chosen;
    QString m_downloading; ///< a reference; empty when none runs
    qint64 m_done = 0, m_total = 0; ///< of that download
    QString m_measuring;
    int m_measured = 0, m_toMeasure = 0;
    QString m_problem, m_sentence;
};

} // namespace graft
