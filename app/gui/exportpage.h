#pragma once
#include "document/document.h"
#include "formats/format.h"

#include <QWidget>

class QButtonGroup;
class QCheckBox;
class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace graft {

class ExportOptions;
class ExportReport;

/// Where the result is taken away: which format with which options, which file, and what became of it.
class ExportPage : public QWidget {
    Q_OBJECT
public:
    explicit ExportPage(QWidget *parent = nullptr);
    /// Those that can be written; they must outlive the page.
    void setFormats(const std::vector<Format> &formats);
    /// Without ending: it follows the format.
    void setSuggestedFile(const QString &folder, const QString &baseName);
    /// What the file will hold: "12 classes, 2.2 M parameters"; empty = there is nothing to export, and the page says so.
    void setContents(const QString &summary);
    /// Whether the network has LoRA branches, which the file may have folded into its weights.
    void setHasLora(bool hasLora);
    void setBusy(bool busy);
    void setRecord(const std::optional<ExportRecord> &record); ///< the last export; none = nothing is reported

Q_SIGNALS:
    void exportRequested(const QString &path, const QString &formatName, const graft::Attributes &options, bool mergesAdapters);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeFormats();
    QWidget *makeFile();
    QWidget *makeQuestion();
    void retranslate();
    void refresh();
    void followFormat();
    void browse();
    void submit(); ///< asks first when a file of that name exists
    void request();
    void keepBoth();
    [[nodiscard]] QString fullPath() const;
    /// What the export would overwrite; empty for nothing.
    [[nodiscard]] QStringList existingFiles(const QString &path) const;
    /// "flowers (2).onnx": the next name at which nothing is overwritten.
    [[nodiscard]] QString freePath() const;
    [[nodiscard]] const Format *chosen() const;

    std::vector<const Format *> m_formats;
    QString m_contents;
    bool m_busy = false;
    QLabel *m_title = nullptr;
    QLabel *m_summary = nullptr;
    QLabel *m_formatTitle = nullptr;
    QVBoxLayout *m_formatRows = nullptr;
    QButtonGroup *m_group = nullptr;
    QList<QLabel *> m_helps;
    ExportOptions *m_options = nullptr;
    QCheckBox *m_merge = nullptr;
    QLabel *m_fileTitle = nullptr;
    QLineEdit *m_file = nullptr;
    QPushButton *m_browse = nullptr;
    QPushButton *m_export = nullptr;
    QLabel *m_promise = nullptr;
    QFrame *m_question = nullptr;
    QLabel *m_questionText = nullptr;
    QPushButton *m_replace = nullptr;
    QPushButton *m_keepBoth = nullptr;
    ExportReport *m_report = nullptr;
};

} // namespace graft
