#pragma once
#include "common/retranslation.h"
#include "evaluation/evaluation.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableWidget;

namespace graft {

class ConfusionView;
class EmptyState;

/// How good a model is on the validation pictures: figures, per class, and what is taken for what; of one label set at a time.
class EvaluationView : public QWidget {
    Q_OBJECT

public:
    explicit EvaluationView(QWidget *parent = nullptr);
    void setEvaluation(const Evaluation &evaluation);
    void clear();
    /// Why there is nothing to evaluate; empty = it can be asked for.
    void setHint(const QString &hint);
    void setBusy(qint64 done, qint64 total); ///< total 0 = not busy

Q_SIGNALS:
    void evaluateRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildEmptyPage();
    QWidget *buildResultPage();
    void buildTable();
    void refresh();
    void refreshFigures();
    void fillSets();
    void showSet();
    [[nodiscard]] const SetEvaluation &shown() const; ///< the chosen label set's
    void refreshTable();

    Retranslation m_texts;
    Evaluation m_evaluation;
    QString m_hint;
    qint64 m_done = 0;
    qint64 m_total = 0;
    QStackedWidget *m_pages = nullptr;
    EmptyState *m_empty = nullptr;
    QPushButton *m_evaluate = nullptr;
    QPushButton *m_again = nullptr;
    QComboBox *m_set = nullptr;
    QLabel *m_setLabel = nullptr;
    QLabel *m_headline = nullptr;
    QLabel *m_figures = nullptr;
    QLabel *m_readout = nullptr;
    QTableWidget *m_table = nullptr;
    ConfusionView *m_matrix = nullptr;
};

} // namespace graft
