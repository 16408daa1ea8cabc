#pragma once
#include "properties/panelparts.h"

class QCheckBox;
class QDoubleSpinBox;
class QPushButton;

namespace graft {

/// Where this machine keeps something that can be made again, and how much of it. Of no project.
struct CacheChoice {
    bool keeps = false;
    QString folder; ///< empty = the default folder
    qint64 limitBytes = 0; ///< 0 = as much as is sensible
    bool operator==(const CacheChoice &) const = default;
};

/// The rows of a form that show such a choice and let it be made. What is not kept and takes nothing shows the first row alone.
class CacheRows : public QObject {
    Q_OBJECT

public:
    struct RowTexts {
        TextSource title, help;
    };
    struct Texts {
        RowTexts keeps, folder, limit, use;
        TextSource state = {}; ///< in which it is kept: beside the first row's box
    };
    /// Adds the rows to the form; `retranslation` and the form's widgets must live as long as this object.
    CacheRows(QFormLayout *form, Retranslation &retranslation, const Texts &texts, QObject *parent);
    [[nodiscard]] const CacheChoice &choice() const { return m_choice; }
    void setChoice(const CacheChoice &choice, const QString &defaultFolder); ///< emits nothing
    /// What is kept takes on disk, and what it may take where no limit is chosen.
    void setUse(qint64 bytes, qint64 defaultLimit);

Q_SIGNALS:
    void choiceChanged();
    void folderRequested(); ///< the person wants to choose one
    void clearRequested();

private:
    void chooseFolder(int index);
    void choose(const CacheChoice &choice);
    void refresh();

    QFormLayout *m_form = nullptr;
    QCheckBox *m_keeps = nullptr;
    QComboBox *m_folder = nullptr;
    QDoubleSpinBox *m_limit = nullptr;
    QWidget *m_useRow = nullptr;
    QLabel *m_use = nullptr;
    QPushButton *m_clear = nullptr;
    CacheChoice m_choice;
    QString m_defaultFolder;
    qint64 m_bytes = 0, m_defaultLimit = 0;
    bool m_loading = false;
};

} // namespace graft
