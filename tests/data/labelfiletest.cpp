#include "data/csv.h"
#include "data/dataset.h"
#include "data/picture.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <map>

using namespace graft;

namespace fs = std::filesystem;

namespace {

using Cells = std::vector<std::vector<std::string>>;

Cells cellsOf(const std::string &text)
{
    Cells cells;
    const auto rows = parseCsv(text, "labels.csv").value();
    for (const CsvRow &row : rows)
        cells.push_back(row.cells);
    return cells;
}

/// A folder with the pictures 0.png … 11.png, each another, and a label file.
struct Folder {
    explicit Folder(const std::string &labels, const std::string &head = "file,species,health\n")
    {
        for (int number = 0; number < 12; ++number) {
            auto pixels = std::make_shared<std::vector<std::uint8_t>>(8 * 8 * 3, static_cast<std::uint8_t>(20 * number));
            static_cast<void>(writePicture(path() / (std::to_string(number) + ".png"), {8, 8, std::move(pixels)}));
        }
        write("labels.csv", head + labels);
    }
    [[nodiscard]] fs::path path() const { return root.path().toStdString(); }
    void write(const std::string &name, const std::string &text) const
    {
        QFile file(QString::fromStdString((path() / name).string()));
        if (file.open(QIODevice::WriteOnly))
            file.write(QByteArray::fromStdString(text));
    }
    QTemporaryDir root;
};

const std::string good = "0.png,oak,ill\n1.png,elm,well\n2.png,oak,well\n3.png,elm,ill\n";

bool mentions(const std::vector<std::string> &sentences, const std::string &word)
{
    return std::ranges::any_of(sentences, [&](const std::string &sentence) { return sentence.find(word) != std::string::npos; });
}

} // namespace

class LabelFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cellsAreThoseOfRfc4180();
    void damagedQuotesAreNamed();
    void eachColumnIsALabelSet();
    void oneColumnIsAnOrdinaryDataSet();
    void anEmptyCellIsNotKnown();
    void theFileMaySplit();
    void namesInAnyScriptAreKept();
    void badLinesAreLeftOutWithASentence_data();
    void badLinesAreLeftOutWithASentence();
    void badFilesAreRefused_data();
    void badFilesAreRefused();
    void aClassOfValidationAloneIsNotKnown();
    void combinationsAreSplitEvenly();
};

void LabelFileTest::cellsAreThoseOfRfc4180()
{
    QVERIFY(cellsOf("a,b\n1,2") == (Cells{{"a", "b"}, {"1", "2"}}));
    QVERIFY(cellsOf("\xEF\xBB\xBF"
                    "a,b\r\n1,\r\n\r\n,2\r\n")
        == (Cells{{"a", "b"}, {"1", ""}, {"", "2"}}));
    QVERIFY(cellsOf("\"a,b\",\"say \"\"hi\"\"\"\n\"two\nlines\",x") == (Cells{{"a,b", "say \"hi\""}, {"two\nlines", "x"}}));
    QVERIFY(cellsOf(" a b ,\t\" c \" ,d\re") == (Cells{{"a b", " c ", "d\re"}}));
    QVERIFY(cellsOf("").empty() && cellsOf("\n\n").empty());
    QCOMPARE(parseCsv("a\n\"b\nc\"\nd", "x").value().back().line, std::size_t{4});
}

void LabelFileTest::damagedQuotesAreNamed()
{
    for (const char *text : {"a,\"b", "a\n\"", "a,\"b\"c\n", "\"\"\""}) {
        const auto rows = parseCsv(text, "labels.csv");
        QVERIFY2(!rows && rows.error().code == ErrorCode::DataInvalid, text);
        QVERIFY(rows.error().message.find("Line ") == 0);
    }
}

void LabelFileTest::eachColumnIsALabelSet()
{
    const Folder folder(good);
    const auto dataset = scanDataset(folder.path() / "labels.csv");
    QVERIFY2(dataset, dataset ? "" : dataset.error().message.c_str());
    QCOMPARE(dataset->folder, folder.path());
    QVERIFY(dataset->classNames == (std::vector<std::string>{"elm", "oak", "ill", "well"}));
    QVERIFY(dataset->labelSets == (std::vector<LabelSet>{{"species", 2}, {"health", 2}}));
    QCOMPARE(dataset->samples.size(), std::size_t{4});
    QVERIFY(dataset->samples[0] == (Sample{folder.path() / "0.png", {1, 0}}));
    QVERIFY(dataset->countsPerClass() == (std::vector<std::int64_t>{2, 2, 2, 2}));
    QVERIFY(dataset->broken.empty());
    QVERIFY(mentions(dataset->warnings, "does not name 8 pictures"));
}

void LabelFileTest::oneColumnIsAnOrdinaryDataSet()
{
    const Folder folder("0.png,oak\n1.png,elm\n2.png,\n", "file,species\n");
    const auto dataset = scanDataset(folder.path());
    QVERIFY2(dataset, dataset ? "" : dataset.error().message.c_str());
    QVERIFY(dataset->labelSets.empty());
    QVERIFY(dataset->classNames == (std::vector<std::string>{"elm", "oak"}));
    QCOMPARE(dataset->samples.size(), std::size_t{2});
    QCOMPARE(dataset->broken.size(), std::size_t{1});
}

void LabelFileTest::anEmptyCellIsNotKnown()
{
    const Folder folder(good + "4.png,,ill\n5.png,oak,\n6.png,,\n");
    const auto dataset = scanDataset(folder.path());
    QVERIFY(dataset);
    QVERIFY(dataset->samples[4].labels == (std::vector<int>{-1, 0}));
    QVERIFY(dataset->samples[5].labels == (std::vector<int>{1, -1}));
    QCOMPARE(dataset->samples.size(), std::size_t{6});
    QCOMPARE(dataset->broken.size(), std::size_t{1});
    QVERIFY(dataset->broken[0].reason.find("Line 8 has no label") == 0);
}

void LabelFileTest::theFileMaySplit()
{
    const Folder folder(
        "0.png,train,oak,ill\n1.png,train,elm,well\n2.png,Validation,oak,well\n3.png,maybe,elm,ill\n", "file,split,species,health\n");
    const auto dataset = scanDataset(folder.path());
    QVERIFY(dataset);
    QVERIFY(dataset->hasOwnSplit);
    QCOMPARE(dataset->samples.size(), std::size_t{2});
    QCOMPARE(dataset->validationSamples.size(), std::size_t{1});
    QVERIFY(dataset->broken.size() == 1 && dataset->broken[0].reason.find("'maybe'") != std::string::npos);
}

void LabelFileTest::namesInAnyScriptAreKept()
{
    const Folder folder("0.png,\"橡树, 老\",ill\n1.png,élan,well\n", "file,树种,Gesundheit (ja/nein)\n");
    const auto dataset = scanDataset(folder.path());
    QVERIFY(dataset);
    QVERIFY(dataset->classNames == (std::vector<std::string>{"élan", "橡树, 老", "ill", "well"}));
    QCOMPARE(dataset->labelSets[0].name, std::string("树种"));
}

void LabelFileTest::badLinesAreLeftOutWithASentence_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char *name, const QByteArray &line, const char *word) { QTest::newRow(name) << line << QByteArray(word); };
    row("too few cells", "4.png,oak", "has 2 cells");
    row("too many cells", "4.png,oak,ill,x", "has 4 cells");
    row("out of the folder", "../4.png,oak,ill", "not in the folder");
    row("out by detours", "a/../../4.png,oak,ill", "not in the folder");
    row("an absolute path", "/etc/passwd,oak,ill", "not in the folder");
    row("no file", ",oak,ill", "names no file");
    row("a byte that no path has", QByteArray("4.png\0x,oak,ill", 15), "names no file");
    row("not there", "missing.png,oak,ill", "not there");
    row("a folder", ".,oak,ill", "not there");
    row("twice", "0.png,elm,ill", "line 2");
    row("twice by another path", "x/../0.png,oak,ill", "line 2");
    row("no picture", "text.png,oak,ill", "text.png");
}

void LabelFileTest::badLinesAreLeftOutWithASentence()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QByteArray, word);
    const Folder folder(good + line.toStdString() + "\n5.png,elm,ill\n");
    folder.write("text.png", "hello");
    const auto dataset = scanDataset(folder.path());
    QVERIFY2(dataset, dataset ? "" : dataset.error().message.c_str());
    QCOMPARE(dataset->samples.size(), std::size_t{5});
    QCOMPARE(dataset->broken.size(), std::size_t{1});
    const std::string said = dataset->broken[0].path.string() + ": " + dataset->broken[0].reason;
    QVERIFY2(said.find(word.toStdString()) != std::string::npos && said.ends_with('.'), said.c_str());
}

void LabelFileTest::badFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char *name, const QByteArray &text, const char *word) { QTest::newRow(name) << text << QByteArray(word); };
    row("empty", "", "is empty");
    row("no file column", "picture,species\n0.png,oak\n", "`file` is");
    row("no label set", "file,split\n0.png,train\n", "label sets are");
    row("semicolons", "file;species\n0.png;oak\n", "commas");
    row("a column twice", "file,a,a\n0.png,x,y\n", "name of another");
    row("a column without a name", "file,,a\n0.png,x,y\n", "no name");
    row("not UTF-8", "file,a\n0.png,\xE9lan\n1.png,oak\n", "UTF-8");
    row("a quote that does not end", "file,a\n0.png,\"oak\n", "quote");
    row("one class", "file,a,b\n0.png,x,y\n1.png,z,y\n", "one class of 'b'");
    row("a set without a picture", "file,a,b\n0.png,x,\n1.png,z,\n", "with a class of 'b'");
    row("no rows", "file,a\n", "can be read");
    QByteArray wide = "file";
    for (int column = 0; column < 40; ++column)
        wide += ",set" + QByteArray::number(column);
    row("40 sets", wide + "\n", "32 at most");
}

void LabelFileTest::badFilesAreRefused()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, word);
    const Folder folder(text.toStdString(), {});
    const auto dataset = scanDataset(folder.path());
    QVERIFY(!dataset);
    QCOMPARE(dataset.error().code, ErrorCode::DataInvalid);
    const std::string said = dataset.error().message;
    QVERIFY2(said.find(word.toStdString()) != std::string::npos && said.ends_with('.'), said.c_str());
}

void LabelFileTest::aClassOfValidationAloneIsNotKnown()
{
    const Folder folder("0.png,train,oak,ill\n1.png,train,elm,well\n2.png,val,ash,well\n3.png,val,ash,\n", "file,split,species,health\n");
    const auto dataset = scanDataset(folder.path());
    QVERIFY(dataset);
    QCOMPARE(dataset->validationSamples.size(), std::size_t{1});
    QVERIFY(dataset->validationSamples[0].labels == (std::vector<int>{-1, 1}));
    QVERIFY(mentions(dataset->warnings, "'ash' of 'species'"));
}

void LabelFileTest::combinationsAreSplitEvenly()
{
    Dataset dataset;
    dataset.classNames = {"a", "b", "x", "y"};
    dataset.labelSets = {{"one", 2}, {"two", 2}};
    for (int number = 0; number < 200; ++number)
        dataset.samples.push_back({std::to_string(number), {number % 2, number % 20 == 0 ? -1 : (number / 2) % 2}});
    const Split parts = split(dataset, 0.2, 3);
    std::map<std::vector<int>, int> all, held;
    for (const Sample &sample : dataset.samples)
        ++all[sample.labels];
    for (const Sample &sample : parts.validation)
        ++held[sample.labels];
    QCOMPARE(all.size(), std::size_t{5});
    for (const auto &[labels, count] : all)
        QCOMPARE(held[labels], (count + 2) / 5);
    QCOMPARE(parts.train.size() + parts.validation.size(), std::size_t{200});
    QVERIFY(split(dataset, 0.2, 3).validation == parts.validation);
}

QTEST_GUILESS_MAIN(LabelFileTest)
#include "labelfiletest.moc"
