#pragma once
#include <QWidget>
#include <vector>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace graft {

/// Where the result is taken away: which format, which file, and what became of it.
class ExportPage : public QWidget {
    Q_OBJECT
public:
    struct Choice {
        QString name, title, extension;
    };

    explicit ExportPage(QWidget *parent = nullptr);
    void setFormats(const std::vector<Choice> &formats);
    /// Without ending: it follows the format.
    void setSuggestedFile(const QString &folder, const QString &baseName);
    /// What the file will hold: "12 classes, 2.2 M parameters"; empty = there is nothing to export, and the page says so.
    void setContents(const QString &summary);
    void setBusy(bool busy);
    void setResult(const QString &text, const QString &path); ///< empty = none

Q_SIGNALS:
    void exportRequested(const QString &path, const QString &formatName);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void refresh();
    void followFormat();
    void browse();
    [[nodiscard]] const Choice *chosen() const;

    std::vector<Choice> m_formats;
    QString m_contents;
    bool m_busy = false;
    QLabel *m_title = nullptr;
    QLabel *m_summary = nullptr;
    QLabel *m_formatTitle = nullptr;
    QVBoxLayout *m_formatRows = nullptr;
    QButtonGroup *m_group = nullptr;
    QList<QLabel *> m_helps;
    QLabel *m_fileTitle = nullptr;
    QLineEdit *m_file = nullptr;
    QPushButton *m_browse = nullptr;
    QPushButton *m_export = nullptr;
    QLabel *m_result = nullptr;
};

} // namespace graft
