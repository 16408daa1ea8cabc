#pragma once
#include "controllers/workbench.h"
#include "graph/featuremaps.h"
#include "graph/forecast.h"
#include "nn/calibration.h"

#include <QObject>
#include <map>
#include <optional>

namespace graft {

class FeatureSource;

/// What can be found out about the open model without changing it: what training will take, how long each layer takes, how far its weights
/// have moved, what a layer makes of a picture. Forecasts at once; the rest runs as jobs. Window's thread.
class InsightController : public QObject {
    Q_OBJECT
public:
    /// The lanes of its jobs; see JobTracker.
    static inline const QString machineLane = QStringLiteral("machine"), decodingLane = QStringLiteral("decoding"),
                                layersLane = QStringLiteral("layer times"), driftLane = QStringLiteral("drift"),
                                featuresLane = QStringLiteral("feature maps");

    /// Rates of this machine are kept in `cacheFolder`.
    InsightController(Workbench &workbench, std::filesystem::path cacheFolder, QObject *parent = nullptr);

    /// Works it out anew; one of the forecast signals follows at once.
    void refreshForecast();
    /// Three seconds; forecastChanged() follows.
    void measureMachine();
    void cancelMeasuring();

    /// Some training steps of the network as it is frozen now; layerTimesChanged() follows.
    void measureLayers();
    /// Against the weights that were opened; driftChanged() follows.
    void measureDrift();
    /// What the layer makes of the chosen picture; otherwise of the one that was predicted last, or of the data's first.
    void showFeatures(LayerId layer);
    void setFeaturePicture(const QString &path);
    /// Lets go of the model that feature maps come from.
    void releaseFeatures();

Q_SIGNALS:
    void forecastChanged(const graft::Forecast &forecast, const graft::ForecastSettings &settings);
    /// An empty sentence: there is no model.
    void forecastImpossible(const QString &sentence);
    void measuringMachine(double progress);
    void measuringMachineEnded();
    /// Seconds per layer for one picture, forward and backward in training; `note` tells the circumstances.
    void layerTimesChanged(const std::vector<double> &seconds, const graft::Wording &note);
    /// Per layer the L2 norms of the change and of what was opened.
    void driftChanged(const std::vector<double> &changes, const std::vector<double> &references);
    void featurePictureChanged(const QString &name, const QImage &thumbnail);
    void featuresReady(const QString &layerName, const graft::FeatureMaps &maps);
    void featuresImpossible(const QString &sentence);
    void failed(const graft::Error &error);

private:
    [[nodiscard]] const MachineRates *rates();
    void measureDecoding();
    [[nodiscard]] int batchForLayers() const;
    [[nodiscard]] QString featurePicture() const;

    Workbench &m_workbench;
    Document &m_document;
    std::filesystem::path m_cacheFolder;
    std::map<std::pair<int, bool>, std::optional<MachineRates>> m_rates; ///< by device and precision; none = not measured yet
    std::filesystem::path m_decodedFolder; ///< the data that m_decodeSeconds was measured on
    double m_decodeSeconds = 0;
    std::shared_ptr<FeatureSource> m_features; ///< kept between clicks; shared with the job
    QString m_featurePicture; ///< as chosen; empty = none
};

} // namespace graft
