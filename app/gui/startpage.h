#pragma once
#include <QWidget>

class QLabel;
class QListWidget;
class QCommandLinkButton;

namespace graft {

/// What an empty Graft shows: the ways to begin, and the files of last time.
class StartPage : public QWidget {
    Q_OBJECT
public:
    explicit StartPage(QWidget *parent = nullptr);
    void setRecentFiles(const QStringList &paths);
    void setCanResume(bool canResume);

Q_SIGNALS:
    void galleryRequested();
    void openRequested();
    void demoRequested();
    void resumeRequested();
    void fileChosen(const QString &path);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    QLabel *m_title = nullptr;
    QLabel *m_subtitle = nullptr;
    QCommandLinkButton *m_gallery = nullptr;
    QCommandLinkButton *m_open = nullptr;
    QCommandLinkButton *m_demo = nullptr;
    QCommandLinkButton *m_resume = nullptr;
    QLabel *m_recentTitle = nullptr;
    QListWidget *m_recent = nullptr;
    QLabel *m_hint = nullptr;
};

} // namespace graft
