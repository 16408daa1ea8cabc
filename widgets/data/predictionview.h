#pragma once
#include "common/retranslation.h"
#include "evaluation/evaluation.h"

#include <QImage>
#include <QWidget>
#include <optional>
#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace graft {

class DropHighlight;
class EmptyState;
class PictureLabel;
class ProbabilityBars;

/// One picture and what the network takes it for, by each label set. Without a picture it invites one.
class PredictionView : public QWidget {
    Q_OBJECT

public:
    explicit PredictionView(QWidget *parent = nullptr);
    void setPicture(const QString &name, const QImage &picture); ///< the previous prediction and message go
    void setPrediction(const Prediction &prediction);
    void setMessage(const QString &message); ///< an error or what is missing; empty = none
    void setBusy(bool busy);

Q_SIGNALS:
    void pictureDropped(const QString &path);
    void choosePictureRequested();

protected:
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *buildEmptyPage();
    QWidget *buildPicturePage();
    void refresh();
    void refreshAnswers();
    void addAnswer();

    Retranslation m_texts;
    QString m_name;
    QString m_message;
    std::optional<Prediction> m_prediction;
    bool m_busy = false;
    bool m_hasPicture = false;
    QStackedWidget *m_pages = nullptr;
    PictureLabel *m_picture = nullptr;
    QLabel *m_title = nullptr;
    /// What the network says to the question of one label set.
    struct Answer {
        QLabel *set, *best;
        ProbabilityBars *bars;
    };
    std::vector<Answer> m_answers; ///< one at least
    QVBoxLayout *m_answerColumn = nullptr;
    QProgressBar *m_progress = nullptr;
    QLabel *m_note = nullptr;
    EmptyState *m_empty = nullptr;
    QPushButton *m_chooseFirst = nullptr;
    QPushButton *m_chooseOther = nullptr;
    DropHighlight *m_highlight = nullptr;
};

} // namespace graft
