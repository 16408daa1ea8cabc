<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>graft::Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>檔案(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open a model…</source>
        <translation>開啟模型(&amp;O)…</translation>
    </message>
    <message>
        <source>Open a &amp;folder of pictures…</source>
        <translation>開啟圖片資料夾(&amp;F)…</translation>
    </message>
    <message>
        <source>Opened &amp;lately</source>
        <translation>最近開啟(&amp;L)</translation>
    </message>
    <message>
        <source>Try what is &amp;built in</source>
        <translation>試用內置內容(&amp;B)</translation>
    </message>
    <message>
        <source>Try a &amp;picture…</source>
        <translation>試一張圖片(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Export the model…</source>
        <translation>匯出模型(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>結束(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編輯(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Freeze the selected layers</source>
        <translation>凍結所選的層(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Train the selected layers</source>
        <translation>訓練所選的層(&amp;T)</translation>
    </message>
    <message>
        <source>Freeze everything &amp;before here</source>
        <translation>凍結此處之前的所有層(&amp;B)</translation>
    </message>
    <message>
        <source>Freeze &amp;all but the head</source>
        <translation>只留分類頭，其餘凍結(&amp;A)</translation>
    </message>
    <message>
        <source>Train &amp;everything</source>
        <translation>訓練全部(&amp;E)</translation>
    </message>
    <message>
        <source>Replace the &amp;head</source>
        <translation>更換分類頭(&amp;H)</translation>
    </message>
    <message>
        <source>Find a &amp;layer…</source>
        <translation>尋找層(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation>步驟(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation>訓練(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>訓練(&amp;T)</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>訓練</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>&amp;Go on with the last run</source>
        <translation>繼續上一次訓練(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Judge the model</source>
        <translation>評估模型(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>檢視(&amp;V)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>縮小(&amp;O)</translation>
    </message>
    <message>
        <source>Show the &amp;whole graph</source>
        <translation>顯示整張圖(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Unfold all blocks</source>
        <translation>展開所有區塊(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Fold all blocks</source>
        <translation>折疊所有區塊(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>外觀(&amp;L)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟隨系統</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>淺色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation>語言(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>面板(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Reset the layout</source>
        <translation>恢復預設版面配置(&amp;R)</translation>
    </message>
    <message>
        <source>Full &amp;screen</source>
        <translation>全螢幕(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>說明(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;About Graft</source>
        <translation>關於 Graft(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Pretrained networks…</source>
        <translation>預訓練網路(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;New project</source>
        <translation>新建專案(&amp;N)</translation>
    </message>
    <message>
        <source>Open a pro&amp;ject…</source>
        <translation>開啟專案(&amp;J)…</translation>
    </message>
    <message>
        <source>&amp;Save the project</source>
        <translation>儲存專案(&amp;S)</translation>
    </message>
    <message>
        <source>Save the project &amp;as…</source>
        <translation>專案另存為(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Unsaved work</source>
        <translation>未儲存的工作(&amp;U)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪下(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>複製(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>貼上(&amp;P)</translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation>製作複本(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>刪除(&amp;D)</translation>
    </message>
    <message>
        <source>Re&amp;name…</source>
        <translation>重新命名(&amp;N)…</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全選(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Layers</source>
        <translation>層(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Add a layer…</source>
        <translation>新增層(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Compare with the model as opened</source>
        <translation>與開啟時的模型比較(&amp;C)</translation>
    </message>
    <message>
        <source>Compare with a f&amp;ile…</source>
        <translation>與檔案比較(&amp;I)…</translation>
    </message>
    <message>
        <source>Export the &amp;graph…</source>
        <translation>匯出層圖(&amp;G)…</translation>
    </message>
</context>
<context>
    <name>graft::AttributeForm</name>
    <message>
        <source>%1: %2</source>
        <comment>attribute: help</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Point at an attribute to see what it means.</source>
        <translation>指向某個屬性，查看它的含義。</translation>
    </message>
</context>
<context>
    <name>graft::AttributeRow</name>
    <message>
        <source>%1 (%2)</source>
        <comment>attribute and its unit</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Back to the default, %1</source>
        <translation>還原預設值 %1</translation>
    </message>
    <message>
        <source>%1: back to the default</source>
        <translation>%1：還原預設值</translation>
    </message>
</context>
<context>
    <name>graft::AugmentationPanel</name>
    <message>
        <source>Training sees each picture a little different every time, so that it learns the thing and not the photo.</source>
        <translation>訓練時每次看到的圖片都略有不同，這樣學到的是事物本身，而不是某張照片。</translation>
    </message>
    <message>
        <source>Position and size</source>
        <translation>位置與大小</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>顏色</translation>
    </message>
    <message>
        <source>Examples appear here once a folder of pictures is chosen.</source>
        <translation>選擇圖片資料夾之後，這裡會顯示範例。</translation>
    </message>
    <message>
        <source>Examples of augmented pictures</source>
        <translation>增強圖片的範例</translation>
    </message>
    <message>
        <source>Other examples</source>
        <translation>換一批範例</translation>
    </message>
    <message>
        <source>None</source>
        <translation>無</translation>
    </message>
    <message>
        <source>Pictures as they are, cut to the middle.</source>
        <translation>圖片保持原樣，只裁取中間部分。</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>輕度</translation>
    </message>
    <message>
        <source>Slightly different crops, mirrored every second time.</source>
        <translation>裁剪略有不同，每兩次鏡像一次。</translation>
    </message>
    <message>
        <source>Classic</source>
        <translation>經典</translation>
    </message>
    <message>
        <source>Crops, turns, shifts, zoom and colours, all in moderation.</source>
        <translation>適度的裁剪、旋轉、平移、縮放和顏色變化。</translation>
    </message>
    <message>
        <source> %</source>
        <comment>percent, after a number</comment>
        <translation> %</translation>
    </message>
    <message>
        <source>°</source>
        <comment>degrees, after a number</comment>
        <translation>°</translation>
    </message>
    <message>
        <source>Random crop</source>
        <translation>隨機裁剪</translation>
    </message>
    <message>
        <source>Cuts out a part of the picture, of changing size and shape, and scales it to the network&apos;s input.</source>
        <translation>從圖片中截取大小和形狀不斷變化的一部分，並縮放到網路的輸入大小。</translation>
    </message>
    <message>
        <source>Smallest crop</source>
        <translation>最小裁剪</translation>
    </message>
    <message>
        <source>The least share of the picture&apos;s area that a crop keeps.</source>
        <translation>裁剪至少保留的圖片面積比例。</translation>
    </message>
    <message>
        <source>Largest crop</source>
        <translation>最大裁剪</translation>
    </message>
    <message>
        <source>The greatest share of the picture&apos;s area that a crop keeps.</source>
        <translation>裁剪至多保留的圖片面積比例。</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>鏡像</translation>
    </message>
    <message>
        <source>How often a picture is flipped left to right. Set it to 0 where left and right matter, as in writing.</source>
        <translation>圖片左右翻轉的頻率。在左右有區別的場合（例如文字）請設為 0。</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>旋轉</translation>
    </message>
    <message>
        <source>Turns the picture by up to this angle, either way.</source>
        <translation>向任一方向旋轉圖片，不超過這個角度。</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>縮放</translation>
    </message>
    <message>
        <source>Enlarges or shrinks the picture by up to this much.</source>
        <translation>放大或縮小圖片，不超過這個幅度。</translation>
    </message>
    <message>
        <source>Shift sideways</source>
        <translation>左右平移</translation>
    </message>
    <message>
        <source>Moves the picture left or right by up to this share of its width.</source>
        <translation>向左或向右移動圖片，不超過寬度的這個比例。</translation>
    </message>
    <message>
        <source>Shift up and down</source>
        <translation>上下平移</translation>
    </message>
    <message>
        <source>Moves the picture up or down by up to this share of its height.</source>
        <translation>向上或向下移動圖片，不超過高度的這個比例。</translation>
    </message>
    <message>
        <source>Fill corners with</source>
        <translation>空白處填充</translation>
    </message>
    <message>
        <source>What stands where turning or moving has left nothing.</source>
        <translation>旋轉或移動之後空出來的地方用什麼填充。</translation>
    </message>
    <message>
        <source>the mean colour</source>
        <translation>平均顏色</translation>
    </message>
    <message>
        <source>the nearest pixel</source>
        <translation>最近的像素</translation>
    </message>
    <message>
        <source>its mirror image</source>
        <translation>鏡像</translation>
    </message>
    <message>
        <source>the other side</source>
        <translation>另一側的內容</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Makes the picture lighter or darker by up to this much.</source>
        <translation>使圖片變亮或變暗，不超過這個幅度。</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>對比度</translation>
    </message>
    <message>
        <source>Makes differences stronger or weaker by up to this much.</source>
        <translation>使明暗差別變強或變弱，不超過這個幅度。</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>飽和度</translation>
    </message>
    <message>
        <source>Makes colours stronger or greyer by up to this much.</source>
        <translation>使顏色更鮮豔或更灰，不超過這個幅度。</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Turns all colours on the colour wheel by up to this angle. Set it to 0 where colour tells the classes apart.</source>
        <translation>在色輪上轉動所有顏色，不超過這個角度。如果類別靠顏色區分，請設為 0。</translation>
    </message>
    <message>
        <source>Channel shift</source>
        <translation>通道偏移</translation>
    </message>
    <message>
        <source>Moves red, green and blue up or down by up to this much of 255, each on its own.</source>
        <translation>分別提高或降低紅、綠、藍，不超過 255 中的這個值。</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>資料增強</translation>
    </message>
    <message>
        <source>Variants</source>
        <translation>變體</translation>
    </message>
    <message>
        <source>Variants per picture</source>
        <translation>每張圖片的變體數</translation>
    </message>
    <message>
        <source>How many views of each picture are drawn; the epochs show them by turns. What the frozen layers make of a view is computed once and kept, so that later epochs and later runs take a moment. More variants teach a little more and take longer at first; 0 draws new ones every epoch and keeps nothing. Without frozen layers at the start of the network every epoch has new ones anyway.</source>
        <translation>每張圖片抽取多少個變體；各輪訓練輪流使用。凍結層對每個變體的計算結果只算一次並保留下來，因此之後的輪次和之後的訓練只需片刻。變體越多，學到的略多，開始時也更慢；0 表示每輪都抽取新的變體，什麼也不保留。若網路開頭沒有凍結層，則每輪總是使用新的變體。</translation>
    </message>
    <message>
        <source>new ones every epoch</source>
        <translation>每輪都用新的</translation>
    </message>
</context>
<context>
    <name>graft::Autosave</name>
    <message>
        <source>Restoring your work</source>
        <translation>正在還原您的工作</translation>
    </message>
</context>
<context>
    <name>graft::CacheController</name>
    <message>
        <source>Measuring what is kept</source>
        <translation>正在統計保留的內容</translation>
    </message>
    <message>
        <source>Clearing what is kept</source>
        <translation>正在清除保留的內容</translation>
    </message>
</context>
<context>
    <name>graft::CacheRows</name>
    <message>
        <source> GB</source>
        <comment>after a number</comment>
        <translation> GB</translation>
    </message>
    <message>
        <source>Clear…</source>
        <translation>清除…</translation>
    </message>
    <message>
        <source>Default folder</source>
        <translation>預設資料夾</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>選擇資料夾…</translation>
    </message>
    <message>
        <source>automatic: %1</source>
        <translation>自動：%1</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自動</translation>
    </message>
</context>
<context>
    <name>graft::ChoiceEditor</name>
    <message>
        <source>several values</source>
        <translation>多個值</translation>
    </message>
</context>
<context>
    <name>graft::ClassTableModel</name>
    <message>
        <source>%1: %L2 for training, %L3 for validation</source>
        <translation>%1：訓練 %L2 張，驗證 %L3 張</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>類別</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>訓練</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>驗證</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>圖片</translation>
    </message>
    <message>
        <source>Label set</source>
        <translation>標籤集</translation>
    </message>
</context>
<context>
    <name>graft::CompareController</name>
    <message>
        <source>%1, now</source>
        <translation>%1，現在</translation>
    </message>
    <message>
        <source>%1, as opened</source>
        <translation>%1，開啟時</translation>
    </message>
    <message>
        <source>Comparing with %1…</source>
        <translation>正在與 %1 比較…</translation>
    </message>
    <message>
        <source>As opened</source>
        <translation>開啟時</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>現在</translation>
    </message>
</context>
<context>
    <name>graft::CompareModel</name>
    <message>
        <source>equal</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>small tensors only</source>
        <translation>僅小張量</translation>
    </message>
    <message>
        <source>other shape</source>
        <translation>形狀不同</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>類型</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差異</translation>
    </message>
    <message>
        <source>Weights changed</source>
        <translation>權重變化</translation>
    </message>
    <message>
        <source>Length of the change of the layer&apos;s largest tensor, as a share of the tensor&apos;s length before: ‖now − before‖ / ‖before‖</source>
        <translation>該層最大張量的變化量的長度，占原張量長度的比例：‖現在 − 之前‖ / ‖之前‖</translation>
    </message>
</context>
<context>
    <name>graft::CompareView</name>
    <message>
        <source>%1 parameters</source>
        <translation>%1 個參數</translation>
    </message>
    <message>
        <source>%1 ↔ %2</source>
        <comment>the two sides of a comparison</comment>
        <translation>%1 ↔ %2</translation>
    </message>
    <message>
        <source>Filter rows</source>
        <translation>篩選列</translation>
    </message>
    <message>
        <source>Only differences</source>
        <translation>僅差異</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Copies the chosen rows, or all that are shown, as tab-separated text (Ctrl+C)</source>
        <translation>將所選的列（未選時為所有顯示的列）複製為以製表符分隔的文字（Ctrl+C）</translation>
    </message>
    <message>
        <source>Compare with a file…</source>
        <translation>與檔案比較…</translation>
    </message>
    <message>
        <source>Back to the graph</source>
        <translation>返回層圖</translation>
    </message>
    <message>
        <source>Comparison of two networks</source>
        <translation>兩個網路的比較</translation>
    </message>
</context>
<context>
    <name>graft::ConfusionView</name>
    <message>
        <source>Taken for →</source>
        <translation>被認作 →</translation>
    </message>
    <message>
        <source>← Is really</source>
        <translation>← 實際是</translation>
    </message>
    <message>
        <source>1 picture of %1 recognised (%2 of them)</source>
        <translation>%1 有 1 張圖片辨識正確（佔 %2）</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures of %1 recognised (%2 of them)</source>
        <translation>
            <numerusform>%1 有 %Ln 張圖片辨識正確（佔 %2）</numerusform>
        </translation>
    </message>
    <message>
        <source>1 picture of %1 taken for %2 (%3 of them)</source>
        <translation>%1 有 1 張圖片被認作 %2（佔 %3）</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures of %1 taken for %2 (%3 of them)</source>
        <translation>
            <numerusform>%1 有 %Ln 張圖片被認作 %2（佔 %3）</numerusform>
        </translation>
    </message>
    <message>
        <source>really / taken for</source>
        <translation>實際 / 被認作</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>複製為文字</translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation>複製為圖片</translation>
    </message>
</context>
<context>
    <name>graft::ConnectionDrag</name>
    <message>
        <source>Drag the arrow away to disconnect it or to connect another input</source>
        <translation>把箭頭拖開可斷開連接，或改接到另一個輸入</translation>
    </message>
    <message>
        <source>Drag to the layer that is to take this output</source>
        <translation>拖到要接收此輸出的層</translation>
    </message>
    <message>
        <source>Cannot end here</source>
        <translation>不能連到這裡</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>斷開連接</translation>
    </message>
    <message>
        <source>%1: the shapes do not fit</source>
        <translation>%1：形狀不相符</translation>
    </message>
    <message>
        <source>%1, input %2</source>
        <translation>%1，輸入 %2</translation>
    </message>
</context>
<context>
    <name>graft::CurvesView</name>
    <message>
        <source>Loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>Accuracy, %</source>
        <translation>準確率，%</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>輪</translation>
    </message>
    <message>
        <source>Training, batches</source>
        <translation>訓練（批次）</translation>
    </message>
    <message>
        <source>Training, epochs</source>
        <translation>訓練（輪）</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>驗證</translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation>最佳輪</translation>
    </message>
    <message>
        <source>Curves of loss and accuracy</source>
        <translation>損失與準確率曲線</translation>
    </message>
    <message>
        <source>Loss and accuracy appear here while training runs.</source>
        <translation>訓練時，損失和準確率會顯示在這裡。</translation>
    </message>
    <message>
        <source>Point at the curves for figures; the wheel zooms, a double click shows all.</source>
        <translation>指向曲線可查看數值；滾輪縮放，按兩下顯示全部。</translation>
    </message>
    <message>
        <source>loss %1, accuracy %2</source>
        <translation>損失 %1，準確率 %2</translation>
    </message>
    <message>
        <source>Epoch %1</source>
        <translation>第 %1 輪</translation>
    </message>
    <message>
        <source>training: %1</source>
        <translation>訓練：%1</translation>
    </message>
    <message>
        <source>validation: %1</source>
        <translation>驗證：%1</translation>
    </message>
    <message>
        <source>batch %L1: loss %2, learning rate %3</source>
        <translation>批次 %L1：損失 %2，學習率 %3</translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation>複製為圖片</translation>
    </message>
    <message>
        <source>Copy epochs as CSV</source>
        <translation>將各輪複製為 CSV</translation>
    </message>
    <message>
        <source>Copy batches as CSV</source>
        <translation>將各批次複製為 CSV</translation>
    </message>
    <message>
        <source>Logarithmic loss</source>
        <translation>損失用對數刻度</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>顯示全部</translation>
    </message>
    <message>
        <source>Validation: %1</source>
        <translation>驗證：%1</translation>
    </message>
    <message>
        <source>Training: %1</source>
        <translation>訓練：%1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a label set and its accuracy</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>accuracies: %1</source>
        <translation>各標籤集準確率：%1</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between label sets</comment>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>graft::DatasetView</name>
    <message>
        <source>Drop a folder of pictures here, or choose one</source>
        <translation>把圖片資料夾拖放到這裡，或選擇一個</translation>
    </message>
    <message>
        <source>One folder for each class, named like the class, with its pictures inside. Folders named train and val are used as they are; otherwise Graft keeps a share of each class for validation. Pictures with labels of several kinds, such as species and health, come with a labels.csv: a column named file, and one for each kind.</source>
        <translation>每個類別一個資料夾，以類別命名，裡面是它的圖片。名為 train 和 val 的資料夾按原樣使用；否則 Graft 會從每個類別中留出一部分用於驗證。有多種標籤（例如物種和健康狀況）的圖片附帶一個 labels.csv：一欄名為 file，每種標籤各一欄。</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>選擇資料夾…</translation>
    </message>
    <message>
        <source>flowers</source>
        <translation>花卉</translation>
    </message>
    <message>
        <source>daisy</source>
        <translation>雛菊</translation>
    </message>
    <message>
        <source>rose</source>
        <translation>玫瑰</translation>
    </message>
    <message>
        <source>tulip</source>
        <translation>鬱金香</translation>
    </message>
    <message>
        <source>A folder flowers with the folders daisy, rose and tulip, each with pictures</source>
        <translation>資料夾「花卉」裡有「雛菊」「玫瑰」「鬱金香」三個資料夾，各有圖片</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Checking pictures</source>
        <translation>正在檢查圖片</translation>
    </message>
    <message>
        <source>Checking pictures: %L1 of %L2</source>
        <translation>正在檢查圖片：%L1 / %L2</translation>
    </message>
    <message>
        <source>Looking for pictures…</source>
        <translation>正在尋找圖片…</translation>
    </message>
    <message>
        <source>%1: 1 picture</source>
        <translation>%1：1 張圖片</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln pictures</source>
        <translation>
            <numerusform>%1：%Ln 張圖片</numerusform>
        </translation>
    </message>
    <message>
        <source>Other folder…</source>
        <translation>其他資料夾…</translation>
    </message>
    <message>
        <source> %</source>
        <comment>percent, after a number</comment>
        <translation> %</translation>
    </message>
    <message>
        <source>Share for validation</source>
        <translation>驗證比例</translation>
    </message>
    <message>
        <source>Share of each class that is kept from training, to measure what was learned on pictures never seen.</source>
        <translation>每個類別中不參與訓練的比例，用來在沒見過的圖片上衡量學習效果。</translation>
    </message>
    <message>
        <source>Split as in the folder</source>
        <translation>按資料夾劃分</translation>
    </message>
    <message>
        <source>For validation</source>
        <translation>用於驗證</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>類別</translation>
    </message>
    <message>
        <source>Pictures of the chosen class</source>
        <translation>所選類別的圖片</translation>
    </message>
    <message>
        <source>Files left out and warnings</source>
        <translation>未使用的檔案與警告</translation>
    </message>
    <message>
        <source>File</source>
        <translation>檔案</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>問題所在</translation>
    </message>
    <message numerus="yes">
        <source>%Ln training</source>
        <comment>pictures</comment>
        <translation>
            <numerusform>%Ln 張訓練</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln validation</source>
        <comment>pictures</comment>
        <translation>
            <numerusform>%Ln 張驗證</numerusform>
        </translation>
    </message>
    <message>
        <source>1 class</source>
        <translation>1 個類別</translation>
    </message>
    <message numerus="yes">
        <source>%Ln classes</source>
        <translation>
            <numerusform>%Ln 個類別</numerusform>
        </translation>
    </message>
    <message>
        <source>1 file left out</source>
        <translation>1 個檔案未使用</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files left out</source>
        <translation>
            <numerusform>%Ln 個檔案未使用</numerusform>
        </translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>1 則警告</translation>
    </message>
    <message numerus="yes">
        <source>%Ln warnings</source>
        <translation>
            <numerusform>%Ln 則警告</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder</source>
        <translation>資料夾</translation>
    </message>
    <message numerus="yes">
        <source> in %Ln label sets (%1)</source>
        <translation>
            <numerusform>，分屬 %Ln 個標籤集（%1）</numerusform>
        </translation>
    </message>
    <message>
        <source>Each is decoded in the background; those that are damaged will be left out. Training need not wait.</source>
        <translation>每張圖片都在背景解碼；損毀的將被排除。訓練無須等待。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop checking pictures</source>
        <translation>停止檢查圖片</translation>
    </message>
</context>
<context>
    <name>graft::Docks</name>
    <message>
        <source>Outline</source>
        <translation>大綱</translation>
    </message>
    <message>
        <source>Selected layer</source>
        <translation>所選的層</translation>
    </message>
    <message>
        <source>Adapt</source>
        <translation>適配</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>訓練</translation>
    </message>
    <message>
        <source>Run and curves</source>
        <translation>執行與曲線</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>層</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>問題</translation>
    </message>
    <message>
        <source>Problems (%1)</source>
        <translation>問題 (%1)</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>記錄</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>層庫</translation>
    </message>
    <message>
        <source>History</source>
        <translation>歷史記錄</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>開銷預估</translation>
    </message>
    <message>
        <source>Feature maps</source>
        <translation>特徵圖</translation>
    </message>
</context>
<context>
    <name>graft::Document</name>
    <message>
        <source>Change the learning rate factor</source>
        <translation>更改學習率倍數</translation>
    </message>
    <message>
        <source>Move the freeze line</source>
        <translation>移動凍結線</translation>
    </message>
    <message>
        <source>Change the preprocessing</source>
        <translation>更改預處理</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>新增 %1</translation>
    </message>
    <message>
        <source>Insert %1 before %2</source>
        <translation>在 %2 之前插入 %1</translation>
    </message>
    <message>
        <source>Insert %1 behind %2</source>
        <translation>在 %2 之後插入 %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n layers</source>
        <translation>
            <numerusform>移除 %n 個層</numerusform>
        </translation>
    </message>
    <message>
        <source>Duplicate %1</source>
        <translation>製作複本 %1</translation>
    </message>
    <message numerus="yes">
        <source>Duplicate %n layers</source>
        <translation>
            <numerusform>製作複本 %n 個層</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cut %n layers</source>
        <translation>
            <numerusform>剪下 %n 個層</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Paste %n layers</source>
        <translation>
            <numerusform>貼上 %n 個層</numerusform>
        </translation>
    </message>
    <message>
        <source>Connect %1 to %2</source>
        <translation>將 %1 連接到 %2</translation>
    </message>
    <message numerus="yes">
        <source>Disconnect %n inputs</source>
        <translation>
            <numerusform>斷開 %n 個輸入</numerusform>
        </translation>
    </message>
    <message>
        <source>Make %1 the output</source>
        <translation>將 %1 設為輸出</translation>
    </message>
    <message>
        <source>Rename %1 to %2</source>
        <translation>將 %1 重新命名為 %2</translation>
    </message>
    <message>
        <source>Change %1 of %2</source>
        <translation>更改 %2 的 %1</translation>
    </message>
    <message numerus="yes">
        <source>Change %1 of %n layers</source>
        <translation>
            <numerusform>更改 %n 個層的 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Fit to the inputs</source>
        <translation>與輸入相符</translation>
    </message>
    <message>
        <source>Make activations %1</source>
        <translation>將啟動函數換為 %1</translation>
    </message>
    <message>
        <source>Replace the head</source>
        <translation>更換分類頭</translation>
    </message>
    <message>
        <source>Cut behind %1</source>
        <translation>在 %1 之後截斷</translation>
    </message>
    <message>
        <source>Add LoRA</source>
        <translation>新增 LoRA</translation>
    </message>
    <message>
        <source>Add adapters</source>
        <translation>新增適配器</translation>
    </message>
    <message>
        <source>Merge LoRA</source>
        <translation>合併 LoRA</translation>
    </message>
    <message>
        <source>Change the input&apos;s size</source>
        <translation>更改輸入大小</translation>
    </message>
    <message>
        <source>Change the input&apos;s channels</source>
        <translation>更改輸入通道數</translation>
    </message>
    <message>
        <source>Cut 1 layer</source>
        <translation>剪下 1 個層</translation>
    </message>
    <message>
        <source>Paste 1 layer</source>
        <translation>貼上 1 個層</translation>
    </message>
    <message>
        <source>Disconnect 1 input</source>
        <translation>中斷 1 個輸入</translation>
    </message>
</context>
<context>
    <name>graft::Engine</name>
    <message>
        <source>px</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Negative values become 0.</source>
        <translation>負值變為 0。</translation>
    </message>
    <message>
        <source>Values are cut to 0 … 6.</source>
        <translation>值截斷到 0 … 6。</translation>
    </message>
    <message>
        <source>x × ReLU6(x + 3) / 6, a cheap SiLU.</source>
        <translation>x × ReLU6(x + 3) / 6，SiLU 的廉價近似。</translation>
    </message>
    <message>
        <source>ReLU6(x + 3) / 6, a cheap Sigmoid.</source>
        <translation>ReLU6(x + 3) / 6，Sigmoid 的廉價近似。</translation>
    </message>
    <message>
        <source>1 / (1 + exp(−x)).</source>
        <translation>1 / (1 + exp(−x))。</translation>
    </message>
    <message>
        <source>x × Sigmoid(x), also known as Swish.</source>
        <translation>x × Sigmoid(x)，也稱 Swish。</translation>
    </message>
    <message>
        <source>The hyperbolic tangent: −1 … 1.</source>
        <translation>雙曲正切：−1 … 1。</translation>
    </message>
    <message>
        <source>x × tanh(log(1 + exp(x))).</source>
        <translation>x × tanh(log(1 + exp(x)))。</translation>
    </message>
    <message>
        <source>ELU with the factors that keep mean and spread.</source>
        <translation>帶有保持均值和變異數的係數的 ELU。</translation>
    </message>
    <message>
        <source>x / (1 + |x|).</source>
        <translation>x / (1 + |x|)。</translation>
    </message>
    <message>
        <source>x × the normal distribution&apos;s share below x.</source>
        <translation>x × 正態分布在 x 以下的機率。</translation>
    </message>
    <message>
        <source>tanh: a formula that comes close and costs less.</source>
        <translation>tanh：近似公式，開銷更小。</translation>
    </message>
    <message>
        <source>Negative values are made small.</source>
        <translation>負值被縮小。</translation>
    </message>
    <message>
        <source>Factor of negative values.</source>
        <translation>負值的係數。</translation>
    </message>
    <message>
        <source>Negative values become alpha × (exp(x) − 1).</source>
        <translation>負值變為 alpha × (exp(x) − 1)。</translation>
    </message>
    <message>
        <source>Where very negative values end, below 0.</source>
        <translation>極小的負值最終趨於 0 以下的這個數。</translation>
    </message>
    <message>
        <source>Negative values become alpha × (exp(x / alpha) − 1).</source>
        <translation>負值變為 alpha × (exp(x / alpha) − 1)。</translation>
    </message>
    <message>
        <source>log(1 + exp(beta × x)) / beta, a smooth ReLU.</source>
        <translation>log(1 + exp(beta × x)) / beta，平滑的 ReLU。</translation>
    </message>
    <message>
        <source>How sharply it bends at 0.</source>
        <translation>在 0 處彎曲的銳利程度。</translation>
    </message>
    <message>
        <source>Where beta × x is above this, x itself comes out.</source>
        <translation>beta × x 超過此值時直接輸出 x。</translation>
    </message>
    <message>
        <source>Values are cut to min_val … max_val.</source>
        <translation>值截斷到 min_val … max_val。</translation>
    </message>
    <message>
        <source>The smallest value that comes out.</source>
        <translation>輸出的最小值。</translation>
    </message>
    <message>
        <source>The largest value that comes out.</source>
        <translation>輸出的最大值。</translation>
    </message>
    <message>
        <source>Means of windows chosen so that the output has the wanted size, whatever the input&apos;s.</source>
        <translation>對視窗取平均，視窗大小使輸出達到指定大小，與輸入大小無關。</translation>
    </message>
    <message>
        <source>Height and width of the output.</source>
        <translation>輸出的高和寬。</translation>
    </message>
    <message>
        <source>Largest values of windows chosen so that the output has the wanted size, whatever the input&apos;s.</source>
        <translation>對視窗取最大值，視窗大小使輸出達到指定大小，與輸入大小無關。</translation>
    </message>
    <message>
        <source>Scales each channel to a learned mean and spread; keeps running statistics of what it saw in training.</source>
        <translation>將每個通道縮放到學到的均值和變異數；並累積訓練中所見資料的統計量。</translation>
    </message>
    <message>
        <source>Channels of the input.</source>
        <translation>輸入的通道數。</translation>
    </message>
    <message>
        <source>Added to the variance before the division.</source>
        <translation>相除之前加到變異數上的數。</translation>
    </message>
    <message>
        <source>Share of a batch&apos;s statistics in the running ones.</source>
        <translation>一個批次的統計量在累積統計量中所佔的比例。</translation>
    </message>
    <message>
        <source>Scales each feature to a learned mean and spread; keeps running statistics of what it saw in training.</source>
        <translation>將每個特徵縮放到學到的均值和變異數；並累積訓練中所見資料的統計量。</translation>
    </message>
    <message>
        <source>The channels of all inputs, one after the other.</source>
        <translation>把所有輸入的通道依次拼接。</translation>
    </message>
    <message>
        <source>The dimension that grows; 0 is the batch, 1 the channels.</source>
        <translation>拼接的維度；0 為批次，1 為通道。</translation>
    </message>
    <message>
        <source>Slides learned filters over the picture.</source>
        <translation>用學到的濾波器在圖片上滑動。</translation>
    </message>
    <message>
        <source>Channels of the output: the number of filters.</source>
        <translation>輸出的通道數，即濾波器的個數。</translation>
    </message>
    <message>
        <source>Height and width of the window.</source>
        <translation>視窗的高和寬。</translation>
    </message>
    <message>
        <source>Step of the window, downwards and to the right.</source>
        <translation>視窗向下和向右移動的步長。</translation>
    </message>
    <message>
        <source>Pixels added at each edge.</source>
        <translation>每條邊新增的像素數。</translation>
    </message>
    <message>
        <source>Distance between the pixels that a filter looks at.</source>
        <translation>濾波器所看像素之間的距離。</translation>
    </message>
    <message>
        <source>Number of groups that channels are split into; each filter sees one group.</source>
        <translation>通道分成的組數；每個濾波器只看一組。</translation>
    </message>
    <message>
        <source>Whether a learned number is added to each output channel.</source>
        <translation>是否給每個輸出通道加上一個學到的數。</translation>
    </message>
    <message>
        <source>Spreads each pixel over a learned pattern: a convolution that makes pictures larger.</source>
        <translation>把每個像素按學到的模式展開：使圖片變大的卷積。</translation>
    </message>
    <message>
        <source>Height and width of what a pixel is spread over.</source>
        <translation>一個像素展開到的範圍的高和寬。</translation>
    </message>
    <message>
        <source>Distance between the input&apos;s pixels in the output.</source>
        <translation>輸入像素在輸出中的間距。</translation>
    </message>
    <message>
        <source>Pixels cut off at each edge of the output.</source>
        <translation>輸出每條邊裁去的像素數。</translation>
    </message>
    <message>
        <source>Pixels added at the bottom and at the right.</source>
        <translation>在下邊和右邊新增的像素數。</translation>
    </message>
    <message>
        <source>Distance between the pixels that a pixel is spread over.</source>
        <translation>一個像素展開到的各像素之間的距離。</translation>
    </message>
    <message>
        <source>In training, sets some values to 0 by chance and scales up the others; does nothing otherwise.</source>
        <translation>訓練時隨機將一些值置為 0 並放大其餘值；平時不起作用。</translation>
    </message>
    <message>
        <source>Probability that a value is set to 0.</source>
        <translation>一個值被置為 0 的機率。</translation>
    </message>
    <message>
        <source>In training, sets some whole channels to 0 by chance and scales up the others; does nothing otherwise.</source>
        <translation>訓練時隨機將一些整個通道置為 0 並放大其餘通道；平時不起作用。</translation>
    </message>
    <message>
        <source>Probability that a channel is set to 0.</source>
        <translation>一個通道被置為 0 的機率。</translation>
    </message>
    <message>
        <source>In training, leaves out a residual branch by chance and scales it up otherwise; does nothing when not training.</source>
        <translation>訓練時隨機略去殘差支路，未略去時將其放大；不訓練時不起作用。</translation>
    </message>
    <message>
        <source>Probability that the branch is left out.</source>
        <translation>支路被略去的機率。</translation>
    </message>
    <message>
        <source>row: for each picture by itself; batch: for all at once.</source>
        <translation>row：每張圖片各自決定；batch：整個批次一起決定。</translation>
    </message>
    <message>
        <source>The sum of two inputs.</source>
        <translation>兩個輸入之和。</translation>
    </message>
    <message>
        <source>The first input less the second.</source>
        <translation>第一個輸入減去第二個。</translation>
    </message>
    <message>
        <source>The product of two inputs.</source>
        <translation>兩個輸入之積。</translation>
    </message>
    <message>
        <source>The first input divided by the second.</source>
        <translation>第一個輸入除以第二個。</translation>
    </message>
    <message>
        <source>The larger of two inputs, value by value.</source>
        <translation>逐個值取兩個輸入中較大的。</translation>
    </message>
    <message>
        <source>The smaller of two inputs, value by value.</source>
        <translation>逐個值取兩個輸入中較小的。</translation>
    </message>
    <message>
        <source>One row of features for each picture.</source>
        <translation>每張圖片展成一列特徵。</translation>
    </message>
    <message>
        <source>The first dimension that is taken; 0 is the batch, 1 the channels.</source>
        <translation>展平的第一個維度；0 為批次，1 為通道。</translation>
    </message>
    <message>
        <source>The last dimension that is taken; -1 is the last there is.</source>
        <translation>展平的最後一個維度；-1 為最末維。</translation>
    </message>
    <message>
        <source>Scales each group of channels of each picture to a learned mean and spread.</source>
        <translation>將每張圖片的每組通道縮放到學到的均值和變異數。</translation>
    </message>
    <message>
        <source>How many groups the channels are split into.</source>
        <translation>通道分成的組數。</translation>
    </message>
    <message>
        <source>Whether a learned factor and offset for each channel follow.</source>
        <translation>之後是否對每個通道乘以學到的係數並加上偏移。</translation>
    </message>
    <message>
        <source>Scales each channel of each picture to mean 0 and spread 1.</source>
        <translation>將每張圖片的每個通道縮放到均值 0、變異數 1。</translation>
    </message>
    <message>
        <source>Passes its input on as it is.</source>
        <translation>原樣傳遞輸入。</translation>
    </message>
    <message>
        <source>Where the pictures come in.</source>
        <translation>圖片進入網路的地方。</translation>
    </message>
    <message>
        <source>Shape of one input: channels, height, width.</source>
        <translation>一個輸入的形狀：通道、高、寬。</translation>
    </message>
    <message>
        <source>Scales the last dimensions of each picture to a learned mean and spread.</source>
        <translation>將每張圖片的最後幾個維度縮放到學到的均值和變異數。</translation>
    </message>
    <message>
        <source>The dimensions that are brought to mean 0 and spread 1 together.</source>
        <translation>一起歸一化到均值 0、變異數 1 的維度。</translation>
    </message>
    <message>
        <source>Whether a learned factor and offset follow.</source>
        <translation>之後是否乘以學到的係數並加上偏移。</translation>
    </message>
    <message>
        <source>Scales the channels of each pixel to a learned mean and spread.</source>
        <translation>將每個像素的各通道縮放到學到的均值和變異數。</translation>
    </message>
    <message>
        <source>Each output is a weighted sum of all input features (the last dimension).</source>
        <translation>每個輸出是所有輸入特徵（最後一維）的加權和。</translation>
    </message>
    <message>
        <source>Features of the input.</source>
        <translation>輸入的特徵數。</translation>
    </message>
    <message>
        <source>Features of the output; the number of classes in a head.</source>
        <translation>輸出的特徵數；在分類頭中為類別數。</translation>
    </message>
    <message>
        <source>Whether a learned number is added to each output.</source>
        <translation>是否給每個輸出加上一個學到的數。</translation>
    </message>
    <message>
        <source>Divides each value by a power of the mean square of its neighbouring channels.</source>
        <translation>將每個值除以相鄰通道均方的冪。</translation>
    </message>
    <message>
        <source>How many neighbouring channels count.</source>
        <translation>計入多少個相鄰通道。</translation>
    </message>
    <message>
        <source>Factor of the mean square.</source>
        <translation>均方的係數。</translation>
    </message>
    <message>
        <source>The power.</source>
        <translation>冪指數。</translation>
    </message>
    <message>
        <source>Added to the mean square.</source>
        <translation>加到均方上的數。</translation>
    </message>
    <message>
        <source>The matrix product of two inputs, for each picture by itself.</source>
        <translation>兩個輸入的矩陣乘積，每張圖片各自計算。</translation>
    </message>
    <message>
        <source>Self-attention: each token takes in what it finds of use in all others.</source>
        <translation>自注意力：每個詞元從所有其他詞元中吸收有用的內容。</translation>
    </message>
    <message>
        <source>Width of a token.</source>
        <translation>詞元的寬度。</translation>
    </message>
    <message>
        <source>How many parts the width is split into; each looks for something of its own.</source>
        <translation>寬度分成多少份；每份各自尋找不同的內容。</translation>
    </message>
    <message>
        <source>In training, probability that a token is overlooked.</source>
        <translation>訓練時一個詞元被忽略的機率。</translation>
    </message>
    <message>
        <source>Whether learned numbers are added in the projections.</source>
        <translation>投影中是否加上學到的數。</translation>
    </message>
    <message>
        <source>Divides by the length (the root of the sum of squares) along a dimension.</source>
        <translation>沿某一維除以其長度（平方和的平方根）。</translation>
    </message>
    <message>
        <source>The dimension whose length becomes 1; 0 is the batch, 1 the channels.</source>
        <translation>長度變為 1 的維度；0 為批次，1 為通道。</translation>
    </message>
    <message>
        <source>Lengths below this count as this.</source>
        <translation>小於此值的長度按此值計。</translation>
    </message>
    <message>
        <source>A step of the opened file that Graft has no layer for: it can be looked at, but not run.</source>
        <translation>所開啟檔案中 Graft 沒有對應層的步驟：只能查看，不能執行。</translation>
    </message>
    <message>
        <source>What the file calls the step.</source>
        <translation>檔案對此步驟的稱呼。</translation>
    </message>
    <message>
        <source>Why Graft has no layer for it.</source>
        <translation>Graft 沒有對應層的原因。</translation>
    </message>
    <message>
        <source>Shape of what comes out, without the batch dimension; 0 when the file does not say.</source>
        <translation>輸出的形狀，不含批次維；檔案未說明時為 0。</translation>
    </message>
    <message>
        <source>Adds pixels of one value around the picture; negative numbers cut off.</source>
        <translation>在圖片四周新增同一值的像素；負數表示裁去。</translation>
    </message>
    <message>
        <source>Pixels added at the left, the right, the top and the bottom.</source>
        <translation>在左、右、上、下新增的像素數。</translation>
    </message>
    <message>
        <source>The value of the new pixels.</source>
        <translation>新像素的值。</translation>
    </message>
    <message>
        <source>Adds pixels that mirror the picture at its edges.</source>
        <translation>在邊緣新增鏡像像素。</translation>
    </message>
    <message>
        <source>Adds pixels that repeat those at the edges.</source>
        <translation>新增重複邊緣的像素。</translation>
    </message>
    <message>
        <source>A learned tensor (or a constant) that other layers take in, the same for every picture.</source>
        <translation>供其他層使用的學到的張量（或常數），對每張圖片都相同。</translation>
    </message>
    <message>
        <source>The tensor&apos;s own shape.</source>
        <translation>張量本身的形狀。</translation>
    </message>
    <message>
        <source>Whether the first dimension, of 1, stands for the batch.</source>
        <translation>大小為 1 的第一維是否代表批次。</translation>
    </message>
    <message>
        <source>Off for a constant, which training leaves as it is.</source>
        <translation>常數時關閉，訓練不會改變它。</translation>
    </message>
    <message>
        <source>What all its elements start as.</source>
        <translation>所有元素的初始值。</translation>
    </message>
    <message>
        <source>Lays the channels of 2 × 2 neighbouring cells one after the other, as Swin Transformers do.</source>
        <translation>把 2 × 2 相鄰單元的通道依次拼接，如 Swin Transformer。</translation>
    </message>
    <message>
        <source>The same values with the dimensions in another order.</source>
        <translation>值不變，維度換一種順序。</translation>
    </message>
    <message>
        <source>The order of the dimensions; the first is 0, the batch.</source>
        <translation>維度的順序；第一個是 0，即批次。</translation>
    </message>
    <message>
        <source>e to the power of x.</source>
        <translation>e 的 x 次冪。</translation>
    </message>
    <message>
        <source>The natural logarithm.</source>
        <translation>自然對數。</translation>
    </message>
    <message>
        <source>The square root.</source>
        <translation>平方根。</translation>
    </message>
    <message>
        <source>x without its sign.</source>
        <translation>x 的絕對值。</translation>
    </message>
    <message>
        <source>x with the other sign.</source>
        <translation>x 的相反數。</translation>
    </message>
    <message>
        <source>1 / x.</source>
        <translation>1 / x。</translation>
    </message>
    <message>
        <source>Gauss&apos;s error function.</source>
        <translation>高斯誤差函數。</translation>
    </message>
    <message>
        <source>x to a power.</source>
        <translation>x 的冪。</translation>
    </message>
    <message>
        <source>The power: 2 for the square.</source>
        <translation>冪指數：2 為平方。</translation>
    </message>
    <message>
        <source>x × factor + offset, with fixed numbers.</source>
        <translation>x × 係數 + 偏移，均為固定數。</translation>
    </message>
    <message>
        <source>What each value is multiplied by.</source>
        <translation>每個值乘以的數。</translation>
    </message>
    <message>
        <source>What is added then.</source>
        <translation>隨後加上的數。</translation>
    </message>
    <message>
        <source>Values are cut to min … max.</source>
        <translation>值截斷到 min … max。</translation>
    </message>
    <message>
        <source>The largest value of each window.</source>
        <translation>每個視窗的最大值。</translation>
    </message>
    <message>
        <source>Whether a last window that is only partly filled counts.</source>
        <translation>最後未填滿的視窗是否計入。</translation>
    </message>
    <message>
        <source>The mean of each window.</source>
        <translation>每個視窗的平均值。</translation>
    </message>
    <message>
        <source>Whether padding counts as zeros; otherwise it is left out of the mean.</source>
        <translation>填充是否按 0 計入；否則不參與平均。</translation>
    </message>
    <message>
        <source>Negative values are multiplied by a learned factor.</source>
        <translation>負值乘以學到的係數。</translation>
    </message>
    <message>
        <source>1, or the number of channels for a factor each.</source>
        <translation>1，或等於通道數（每個通道一個係數）。</translation>
    </message>
    <message>
        <source>What the factors start as.</source>
        <translation>係數的初始值。</translation>
    </message>
    <message>
        <source>The mean over some dimensions; over a picture&apos;s, it is a global average pooling.</source>
        <translation>對某些維度取平均；對圖片的維度即為全域平均池化。</translation>
    </message>
    <message>
        <source>The dimensions taken together; 0 is the batch, 2 and 3 are a picture&apos;s.</source>
        <translation>一起處理的維度；0 為批次，2 和 3 為圖片的高和寬。</translation>
    </message>
    <message>
        <source>Whether they stay, with a size of 1.</source>
        <translation>是否保留這些維度（大小為 1）。</translation>
    </message>
    <message>
        <source>The sum over some dimensions.</source>
        <translation>對某些維度求和。</translation>
    </message>
    <message>
        <source>The largest value over some dimensions.</source>
        <translation>對某些維度取最大值。</translation>
    </message>
    <message>
        <source>The smallest value over some dimensions.</source>
        <translation>對某些維度取最小值。</translation>
    </message>
    <message>
        <source>The same values, in the same order, in another shape.</source>
        <translation>值和順序不變，換一種形狀。</translation>
    </message>
    <message>
        <source>The shape of each picture&apos;s output; one -1 stands for what is left.</source>
        <translation>每張圖片輸出的形狀；一個 -1 代表剩餘部分。</translation>
    </message>
    <message>
        <source>Leaves out a dimension of size 1.</source>
        <translation>去掉大小為 1 的維度。</translation>
    </message>
    <message>
        <source>The dimension; 0 is the batch.</source>
        <translation>維度；0 為批次。</translation>
    </message>
    <message>
        <source>Puts in a dimension of size 1.</source>
        <translation>插入大小為 1 的維度。</translation>
    </message>
    <message>
        <source>Where it comes to stand; 0 is the batch.</source>
        <translation>插入的位置；0 為批次。</translation>
    </message>
    <message>
        <source>Self-attention within windows of the picture, as Swin Transformers have it.</source>
        <translation>圖片視窗內的自注意力，如 Swin Transformer。</translation>
    </message>
    <message>
        <source>Height and width of a window, in cells.</source>
        <translation>視窗的高和寬，以單元計。</translation>
    </message>
    <message>
        <source>How far the windows are shifted, downwards and to the right.</source>
        <translation>視窗向下和向右偏移的距離。</translation>
    </message>
    <message>
        <source>How many parts the channels are split into; each looks for something of its own.</source>
        <translation>通道分成多少份；每份各自尋找不同的內容。</translation>
    </message>
    <message>
        <source>Whether learned numbers are added in the first projection.</source>
        <translation>第一個投影中是否加上學到的數。</translation>
    </message>
    <message>
        <source>Whether learned numbers are added in the last projection.</source>
        <translation>最後一個投影中是否加上學到的數。</translation>
    </message>
    <message>
        <source>In training, probability that a cell is overlooked.</source>
        <translation>訓練時一個單元被忽略的機率。</translation>
    </message>
    <message>
        <source>In training, probability that a value of the output is set to 0.</source>
        <translation>訓練時輸出的一個值被置為 0 的機率。</translation>
    </message>
    <message>
        <source>Self-attention within windows of the picture, as Swin Transformers of the second version have it.</source>
        <translation>圖片視窗內的自注意力，如第二版 Swin Transformer。</translation>
    </message>
    <message>
        <source>The shortcut without weights of the CIFAR ResNets: every n-th pixel, with channels of zeros added at both sides.</source>
        <translation>CIFAR ResNet 中沒有權重的捷徑：每隔 n 個像素取一個，並在兩側補上全零的通道。</translation>
    </message>
    <message>
        <source>Channels of the output.</source>
        <translation>輸出的通道數。</translation>
    </message>
    <message>
        <source>Distance between the pixels that are kept.</source>
        <translation>保留的像素之間的距離。</translation>
    </message>
    <message>
        <source>Deals the channels of each group out over all groups.</source>
        <translation>把每組的通道分發到所有組。</translation>
    </message>
    <message>
        <source>How many groups the channels come in.</source>
        <translation>通道的組數。</translation>
    </message>
    <message>
        <source>Lays channels side by side as pixels: fewer channels, a larger picture.</source>
        <translation>把通道並排鋪成像素：通道變少，圖片變大。</translation>
    </message>
    <message>
        <source>How many times higher and wider.</source>
        <translation>高和寬放大的倍數。</translation>
    </message>
    <message>
        <source>A part of the values along one dimension.</source>
        <translation>沿某一維取一部分值。</translation>
    </message>
    <message>
        <source>The dimension; 0 is the batch, 1 the channels.</source>
        <translation>維度；0 為批次，1 為通道。</translation>
    </message>
    <message>
        <source>The first that is taken; negative ones count from the end.</source>
        <translation>取的第一個；負數從末尾數起。</translation>
    </message>
    <message>
        <source>The first that is not taken; negative ones count from the end.</source>
        <translation>不再取的第一個；負數從末尾數起。</translation>
    </message>
    <message>
        <source>Distance between those that are taken.</source>
        <translation>所取各值之間的距離。</translation>
    </message>
    <message>
        <source>One of the values along a dimension, which goes away.</source>
        <translation>沿某一維取一個值，該維隨之消失。</translation>
    </message>
    <message>
        <source>Which; negative ones count from the end.</source>
        <translation>取哪一個；負數從末尾數起。</translation>
    </message>
    <message>
        <source>Turns logits into probabilities over the classes (the channels).</source>
        <translation>把 logits 變為各類別（通道）的機率。</translation>
    </message>
    <message>
        <source>The dimension that sums to 1; 0 is the batch, 1 the channels.</source>
        <translation>和為 1 的維度；0 為批次，1 為通道。</translation>
    </message>
    <message>
        <source>The logarithm of Softmax.</source>
        <translation>Softmax 的對數。</translation>
    </message>
    <message>
        <source>Makes the picture larger (or smaller).</source>
        <translation>放大（或縮小）圖片。</translation>
    </message>
    <message>
        <source>Height and width of the output; 0 × 0: the factor decides.</source>
        <translation>輸出的高和寬；0 × 0 時由倍數決定。</translation>
    </message>
    <message>
        <source>How new pixels are made up.</source>
        <translation>新像素的生成方式。</translation>
    </message>
    <message>
        <source>Whether the corner pixels stay at the corners.</source>
        <translation>角上的像素是否保持在角上。</translation>
    </message>
</context>
<context>
    <name>graft::Error</name>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>The file was not found</source>
        <translation>找不到檔案</translation>
    </message>
    <message>
        <source>The file cannot be read</source>
        <translation>無法讀取檔案</translation>
    </message>
    <message>
        <source>The file cannot be written</source>
        <translation>無法寫入檔案</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>磁碟已滿</translation>
    </message>
    <message>
        <source>The file is damaged</source>
        <translation>檔案已損毀</translation>
    </message>
    <message>
        <source>The file is not safe to open</source>
        <translation>開啟這個檔案不安全</translation>
    </message>
    <message>
        <source>Graft does not know this kind of file</source>
        <translation>Graft 不認識這種檔案</translation>
    </message>
    <message>
        <source>Graft does not know this network</source>
        <translation>Graft 不認識這個網路</translation>
    </message>
    <message>
        <source>The weights do not fit the network</source>
        <translation>權重與網路不相符</translation>
    </message>
    <message>
        <source>The weights hold invalid numbers</source>
        <translation>權重中含有無效數值</translation>
    </message>
    <message>
        <source>The layers do not fit together</source>
        <translation>各層之間不相符</translation>
    </message>
    <message>
        <source>The network cannot be run</source>
        <translation>網路無法執行</translation>
    </message>
    <message>
        <source>A layer&apos;s setting is not valid</source>
        <translation>層的設定無效</translation>
    </message>
    <message>
        <source>This folder cannot be trained on</source>
        <translation>這個資料夾無法用於訓練</translation>
    </message>
    <message>
        <source>The picture cannot be read</source>
        <translation>無法讀取圖片</translation>
    </message>
    <message>
        <source>A setting is not valid</source>
        <translation>設定無效</translation>
    </message>
    <message>
        <source>The device is not available</source>
        <translation>裝置不可用</translation>
    </message>
    <message>
        <source>There is not enough memory</source>
        <translation>記憶體不足</translation>
    </message>
    <message>
        <source>Training went astray</source>
        <translation>訓練失控</translation>
    </message>
    <message>
        <source>The server cannot be reached</source>
        <translation>無法連線到伺服器</translation>
    </message>
    <message>
        <source>Another Graft is at work here</source>
        <translation>另一個 Graft 正在使用這裡</translation>
    </message>
    <message>
        <source>Something went wrong in Graft</source>
        <translation>Graft 出了問題</translation>
    </message>
</context>
<context>
    <name>graft::EvaluationView</name>
    <message>
        <source>Point at a cell to see what it counts.</source>
        <translation>指向格子可查看其含義。</translation>
    </message>
    <message>
        <source>Measuring: %L1 of %L2 pictures</source>
        <translation>正在測量：%L1 / %L2 張圖片</translation>
    </message>
    <message>
        <source>How good is it?</source>
        <translation>效果如何？</translation>
    </message>
    <message>
        <source>Measures the model on the validation pictures, which it has never been trained on: accuracy, figures for each class, and what is taken for what.</source>
        <translation>在從未用於訓練的驗證圖片上測量模型：準確率、各類別的指標，以及什麼被認作什麼。</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>評估</translation>
    </message>
    <message>
        <source>Evaluate again</source>
        <translation>重新評估</translation>
    </message>
    <message>
        <source>Accuracy %1</source>
        <translation>準確率 %1</translation>
    </message>
    <message>
        <source>top-5 %1</source>
        <translation>前 5 命中 %1</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>損失 %1</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 張圖片</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures</source>
        <translation>
            <numerusform>%Ln 張圖片</numerusform>
        </translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩陣</translation>
    </message>
    <message>
        <source>Figures for each class</source>
        <translation>各類別的指標</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>類別</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>圖片</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精確率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Validation pictures of this class</source>
        <translation>這個類別的驗證圖片</translation>
    </message>
    <message>
        <source>Of the pictures taken for this class, how many are of it</source>
        <translation>被認作這個類別的圖片中，確實屬於它的比例</translation>
    </message>
    <message>
        <source>Of the pictures of this class, how many are recognised</source>
        <translation>這個類別的圖片中，被辨識出來的比例</translation>
    </message>
    <message>
        <source>Precision and recall in one figure (their harmonic mean)</source>
        <translation>精確率與召回率合成的一個數值（調和平均）</translation>
    </message>
    <message>
        <source>Label set</source>
        <translation>標籤集</translation>
    </message>
    <message>
        <source>mean of all label sets %1</source>
        <translation>所有標籤集平均 %1</translation>
    </message>
</context>
<context>
    <name>graft::ExportOptions</name>
    <message>
        <source>ONNX version (opset)</source>
        <translation>ONNX 版本（opset）</translation>
    </message>
    <message>
        <source>The file prepares pictures itself</source>
        <translation>由檔案自身完成圖片前處理</translation>
    </message>
    <message>
        <source>A higher one is for newer programs, a lower one for older ones. The proposal suits most.</source>
        <translation>較高的版本適合較新的程式，較低的版本適合較舊的程式。預設值適合大多數情況。</translation>
    </message>
    <message>
        <source>Scaling and colour normalisation become part of the network: it takes pictures as they are, cut to its size. Otherwise the file only says how to prepare them.</source>
        <translation>數值縮放和色彩正規化成為網路的一部分：它直接接受裁切到合適尺寸的圖片。否則檔案只說明應如何前處理圖片。</translation>
    </message>
</context>
<context>
    <name>graft::ExportPage</name>
    <message>
        <source>Safe and fast to load; Graft opens it again with all that belongs to it, and HuggingFace&apos;s tools read it.</source>
        <translation>載入安全又快速；Graft 可以連同全部相關資訊再次開啟，HuggingFace 的工具也能讀取。</translation>
    </message>
    <message>
        <source>Weights by name, for Python: torch.load(file, weights_only=True).</source>
        <translation>依名稱儲存的權重，供 Python 使用：torch.load(file, weights_only=True)。</translation>
    </message>
    <message>
        <source>Runs by itself in PyTorch, in Python, C++ and on phones: torch.jit.load(file).</source>
        <translation>可在 PyTorch 中獨立執行，支援 Python、C++ 和手機：torch.jit.load(file)。</translation>
    </message>
    <message>
        <source>Runs by itself in OpenCV, ONNX Runtime, TensorRT, browsers and most other programs.</source>
        <translation>可在 OpenCV、ONNX Runtime、TensorRT、瀏覽器以及大多數其他程式中獨立執行。</translation>
    </message>
    <message>
        <source>A program to read and to change: it rebuilds the network with torch and torchvision, predicts and trains on.</source>
        <translation>可以閱讀和修改的程式：用 torch 和 torchvision 重建網路，進行預測並繼續訓練。</translation>
    </message>
    <message>
        <source>Export the model</source>
        <translation>匯出模型</translation>
    </message>
    <message>
        <source>There is a %1 already. Is it to be replaced?</source>
        <translation>%1 已經存在。要取代它嗎？</translation>
    </message>
    <message>
        <source>Keep it, write %1</source>
        <translation>保留它，另存為 %1</translation>
    </message>
    <message>
        <source>There is no model to export yet. Open one and train it; then come back.</source>
        <translation>還沒有可以匯出的模型。請先開啟一個模型並訓練，然後再回到這裡。</translation>
    </message>
    <message>
        <source>Writing and checking…</source>
        <translation>正在寫入並檢查…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>匯出</translation>
    </message>
    <message>
        <source>Take the model away</source>
        <translation>帶走模型</translation>
    </message>
    <message>
        <source>As</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>To the &amp;file</source>
        <translation>儲存到檔案(&amp;F)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選擇…</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>取代</translation>
    </message>
    <message>
        <source>Class names and the preparation of pictures go along. What is written is loaded again by something else than what wrote it, and must give the same answers on your pictures before it gets its name.</source>
        <translation>類別名稱和圖片前處理方式會一併寫入。寫好的檔案會由另一個程式重新載入，在您的圖片上給出相同的結果之後才會得到它的名稱。</translation>
    </message>
    <message>
        <source>Merge LoRA into the layers beside it</source>
        <translation>將 LoRA 合併到旁邊的層中</translation>
    </message>
    <message>
        <source>The file gives the same answers with fewer layers; training cannot go on with the branches from it.</source>
        <translation>檔案的結果相同而層更少；但不能再用它繼續訓練這些支路。</translation>
    </message>
</context>
<context>
    <name>graft::ExportReport</name>
    <message>
        <source>no numbers</source>
        <translation>沒有有效數值</translation>
    </message>
    <message>
        <source>none</source>
        <translation>無</translation>
    </message>
    <message>
        <source>%1 % of the largest output</source>
        <translation>最大輸出的 %1 %</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 (in Graft: %2; %3 × as fast)</source>
        <translation>%1（在 Graft 中：%2；速度為其 %3 倍）</translation>
    </message>
    <message>
        <source>a network built anew from the file</source>
        <translation>由檔案重新建立的網路</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of your pictures</source>
        <translation>
            <numerusform>您的 %Ln 張圖片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures that Graft drew</source>
        <translation>
            <numerusform>Graft 繪製的 %Ln 張圖片</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is written and gives the same answers (%2).</source>
        <translation>%1 已寫入，結果一致（%2）。</translation>
    </message>
    <message>
        <source>The file gives other answers than the model: it was not written as %1.</source>
        <translation>檔案給出的結果與模型不同：沒有寫成 %1。</translation>
    </message>
    <message>
        <source>The older %1 is still there.</source>
        <translation>原來的 %1 仍然保留。</translation>
    </message>
    <message>
        <source>It is kept as %1 for a look.</source>
        <translation>它儲存為 %1，供您檢視。</translation>
    </message>
    <message>
        <source>Run by</source>
        <translation>執行環境</translation>
    </message>
    <message>
        <source>Tried on</source>
        <translation>檢查所用</translation>
    </message>
    <message>
        <source>Largest difference</source>
        <translation>最大差異</translation>
    </message>
    <message>
        <source>Same best class</source>
        <translation>最佳類別相同</translation>
    </message>
    <message>
        <source>on %1 of the pictures</source>
        <translation>%1 的圖片</translation>
    </message>
    <message>
        <source>Time for a picture</source>
        <translation>每張圖片用時</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>開啟所在資料夾</translation>
    </message>
</context>
<context>
    <name>graft::FeatureGrid</name>
    <message>
        <source>Channel %1: %2 … %3, mean strength %4</source>
        <translation>通道 %1：%2 … %3，平均強度 %4</translation>
    </message>
    <message>
        <source>Number %1: %2</source>
        <translation>第 %1 個數：%2</translation>
    </message>
</context>
<context>
    <name>graft::FeatureMapsPanel</name>
    <message>
        <source>Choose a picture…</source>
        <translation>選擇圖片…</translation>
    </message>
    <message>
        <source>By number</source>
        <translation>按編號</translation>
    </message>
    <message>
        <source>Strongest first</source>
        <translation>最強的在前</translation>
    </message>
    <message>
        <source>Order of the channels</source>
        <translation>通道的順序</translation>
    </message>
    <message>
        <source>The strength of a channel is the mean of its values without their signs.</source>
        <translation>通道的強度是其各值絕對值的平均值。</translation>
    </message>
    <message>
        <source>Each channel by itself</source>
        <translation>各通道分別著色</translation>
    </message>
    <message>
        <source>All channels alike</source>
        <translation>所有通道統一著色</translation>
    </message>
    <message>
        <source>What the colours go by</source>
        <translation>顏色的依據</translation>
    </message>
    <message>
        <source>Dark is the smallest value, bright the largest: of the channel, or of all channels.</source>
        <translation>暗色為最小值，亮色為最大值：按單個通道，或按所有通道。</translation>
    </message>
    <message>
        <source>%L1 numbers</source>
        <translation>%L1 個數</translation>
    </message>
    <message>
        <source>%L1 tokens of %L2 numbers, a line for each token</source>
        <translation>%L1 個詞元，每個 %L2 個數，每個詞元一列</translation>
    </message>
    <message>
        <source>%L1 numbers of each token, laid on the grid of %2 tokens</source>
        <translation>每個詞元 %L1 個數，按 %2 的詞元網格排列</translation>
    </message>
    <message>
        <source>%L1 channels of %2</source>
        <translation>%L1 個通道，每個 %2</translation>
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation>把圖片拖放到這裡</translation>
    </message>
    <message>
        <source>%1; values from %2 to %3</source>
        <translation>%1；取值從 %2 到 %3</translation>
    </message>
    <message>
        <source>, %1 of them 0</source>
        <translation>，其中 %1 為 0</translation>
    </message>
    <message>
        <source>, %L1 not finite (grey)</source>
        <translation>，%L1 個不是有限數（灰色）</translation>
    </message>
    <message>
        <source>Choose a layer in the graph and a picture; what the layer makes of it is shown here.</source>
        <translation>請在圖中選擇一個層，並選擇一張圖片；該層從中得到的內容會顯示在這裡。</translation>
    </message>
</context>
<context>
    <name>graft::FindBar</name>
    <message>
        <source>Previous (Shift+Enter, Shift+F3)</source>
        <translation>上一個（Shift+Enter、Shift+F3）</translation>
    </message>
    <message>
        <source>Next (Enter, F3)</source>
        <translation>下一個（Enter、F3）</translation>
    </message>
    <message>
        <source>Previous layer found</source>
        <translation>上一個找到的層</translation>
    </message>
    <message>
        <source>Next layer found</source>
        <translation>下一個找到的層</translation>
    </message>
    <message>
        <source>conv, 512×7×7, &gt;1M, frozen</source>
        <translation>尋找層：conv, 512×7×7, &gt;1M, frozen</translation>
    </message>
    <message>
        <source>Search layers</source>
        <translation>搜尋層</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>找到 %1 個</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>graft::ForecastPanel</name>
    <message>
        <source>%1×</source>
        <comment>a factor</comment>
        <translation>%1 倍</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>記憶體</translation>
    </message>
    <message>
        <source>What a run takes at its peak, beside what Graft has already.</source>
        <translation>訓練峰值所需的記憶體，不含 Graft 已佔用的部分。</translation>
    </message>
    <message>
        <source>An epoch</source>
        <translation>每輪</translation>
    </message>
    <message>
        <source>Training on all pictures once, and validation, on this device as it was measured.</source>
        <translation>在此裝置上（按實測速度）把所有圖片訓練一遍並驗證所需的時間。</translation>
    </message>
    <message>
        <source>A step</source>
        <translation>每步</translation>
    </message>
    <message>
        <source>One batch, forward and backward.</source>
        <translation>一個批次的前向和反向。</translation>
    </message>
    <message>
        <source>Largest batch</source>
        <translation>最大批次</translation>
    </message>
    <message>
        <source>Pictures at a time that the free memory has room for, as the network is frozen now.</source>
        <translation>按網路目前的凍結情況，空閒記憶體一次能容納的圖片數。</translation>
    </message>
    <message>
        <source>Open a model; what training it takes is then told here, and follows each click.</source>
        <translation>請開啟模型；訓練它的開銷會顯示在這裡，並隨每次點擊更新。</translation>
    </message>
    <message>
        <source>%1, more than the %2 that are free</source>
        <translation>%1，超過空閒的 %2</translation>
    </message>
    <message>
        <source>%1 of %2 free</source>
        <translation>%1，空閒 %2</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>權重</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>最佳化器</translation>
    </message>
    <message>
        <source>activations</source>
        <translation>啟動值</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>圖片</translation>
    </message>
    <message>
        <source>Memory: %1</source>
        <translation>記憶體：%1</translation>
    </message>
    <message>
        <source>How fast this machine is has not been measured yet.</source>
        <translation>尚未測量本機的速度。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>重新測量</translation>
    </message>
    <message>
        <source>Measure this machine (5 s)</source>
        <translation>測量本機（5 秒）</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>尚未測量</translation>
    </message>
    <message>
        <source>%1 for %2 pictures</source>
        <translation>%2 張圖片 %1</translation>
    </message>
    <message>
        <source>%1 for each 1000 pictures</source>
        <translation>每 1000 張圖片 %1</translation>
    </message>
    <message>
        <source>, %1 of it in the frozen part</source>
        <translation>，其中 %1 用於凍結的部分</translation>
    </message>
    <message>
        <source>Unknown: the device does not say what is free</source>
        <translation>未知：裝置未報告空閒記憶體</translation>
    </message>
    <message>
        <source>Not even one picture fits; freeze more layers</source>
        <translation>連一張圖片也放不下；請凍結更多的層</translation>
    </message>
    <message>
        <source>%L1 or more</source>
        <translation>%L1 或更多</translation>
    </message>
    <message>
        <source>%L1 pictures</source>
        <translation>%L1 張圖片</translation>
    </message>
    <message>
        <source>use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>%1 faster</source>
        <translation>快 %1</translation>
    </message>
    <message>
        <source>%1 less memory</source>
        <translation>少用 %1 記憶體</translation>
    </message>
    <message>
        <source>Frozen layers: %1 than training everything.</source>
        <translation>凍結的層：與訓練全部相比，%1。</translation>
    </message>
    <message>
        <source> and </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>參數</translation>
    </message>
    <message>
        <source>Trained are those of layers that are not frozen.</source>
        <translation>未凍結的層的參數會參與訓練。</translation>
    </message>
    <message>
        <source>%1 of %2 trained (%3)</source>
        <translation>%2 中訓練 %1（%3）</translation>
    </message>
    <message>
        <source>None is trained: every layer is frozen</source>
        <translation>沒有可訓練的：所有層都已凍結</translation>
    </message>
    <message>
        <source>; %1 once what the frozen part makes of them is kept (%2 on disk)</source>
        <translation>；凍結部分的計算結果保留之後為 %1（佔用磁碟 %2）</translation>
    </message>
    <message>
        <source>Most activations are computed a second time, to save memory.</source>
        <translation>大部分啟動值會再計算一次，以節省記憶體。</translation>
    </message>
</context>
<context>
    <name>graft::FreezeFinder</name>
    <message>
        <source>BatchNorm*, layer1, &gt;1M</source>
        <translation>BatchNorm*, layer1, &gt;1M</translation>
    </message>
    <message>
        <source>Layers to freeze or train</source>
        <translation>要凍結或訓練的層</translation>
    </message>
    <message>
        <source>Freeze these</source>
        <translation>凍結這些</translation>
    </message>
    <message>
        <source>Train these</source>
        <translation>訓練這些</translation>
    </message>
    <message>
        <source>Or by name, type or size: what is found is frozen or trained.</source>
        <translation>或按名稱、類型或大小：對找到的層凍結或訓練。</translation>
    </message>
    <message>
        <source>No layer is found.</source>
        <translation>沒有找到層。</translation>
    </message>
    <message>
        <source>%1 found.</source>
        <comment>%1 is &apos;3 layers&apos;</comment>
        <translation>找到 %1。</translation>
    </message>
</context>
<context>
    <name>graft::FreezeLine</name>
    <message>
        <source>freezes %1 of %2 layers</source>
        <translation>凍結 %2 個層中的 %1 個</translation>
    </message>
    <message>
        <source>mixed: %1 of %2</source>
        <translation>混合：%2 個中的 %1 個</translation>
    </message>
    <message>
        <source>Freeze line: drag it; all above is frozen (Ctrl+Shift+Up, Ctrl+Shift+Down)</source>
        <translation>凍結線：可拖動；線以上全部凍結（Ctrl+Shift+Up、Ctrl+Shift+Down）</translation>
    </message>
    <message>
        <source>Freeze line: layers below it are frozen as well. Drag it, and exactly what lies above is frozen (Ctrl+Shift+Up, Ctrl+Shift+Down)</source>
        <translation>凍結線：線以下也有已凍結的層。拖動後，恰好凍結線以上的層（Ctrl+Shift+Up、Ctrl+Shift+Down）</translation>
    </message>
</context>
<context>
    <name>graft::FreezeSection</name>
    <message>
        <source>Learning rate factor</source>
        <translation>學習率倍數</translation>
    </message>
    <message>
        <source>How much faster or slower than the rest this part learns: its learning rate is the run&apos;s times this number.</source>
        <translation>這一部分比其餘部分學得快多少或慢多少：它的學習率等於本次訓練的學習率乘以這個數。</translation>
    </message>
    <message>
        <source>Adapt</source>
        <translation>適配</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>已凍結</translation>
    </message>
    <message>
        <source>A frozen layer keeps what it has learned: training does not change it.</source>
        <translation>凍結的層保留已學到的內容：訓練不會改變它。</translation>
    </message>
    <message>
        <source>Freeze everything before it</source>
        <translation>凍結它之前的所有層</translation>
    </message>
    <message>
        <source>Freezes all layers whose output reaches this one, and leaves the others as they are.</source>
        <translation>凍結輸出能到達這一層的所有層，其他層保持不變。</translation>
    </message>
    <message>
        <source>several values</source>
        <translation>多個值</translation>
    </message>
    <message>
        <source>Training changes it.</source>
        <translation>訓練會改變它。</translation>
    </message>
    <message>
        <source>%1 of %2 layers are frozen.</source>
        <translation>%2 個層中有 %1 個已凍結。</translation>
    </message>
    <message>
        <source>Training leaves it as it is.</source>
        <translation>訓練不會改變它。</translation>
    </message>
    <message>
        <source>BatchNorm keeps its statistics.</source>
        <translation>BatchNorm 保持其統計量。</translation>
    </message>
    <message>
        <source>Dropout is off.</source>
        <translation>Dropout 關閉。</translation>
    </message>
    <message>
        <source>It has nothing to learn.</source>
        <translation>它沒有可學習的內容。</translation>
    </message>
</context>
<context>
    <name>graft::GalleryChart</name>
    <message>
        <source>%1 % top-1 · %2 · %3 parameters</source>
        <translation>top-1 %1 % · %2 · %3 個參數</translation>
    </message>
    <message>
        <source>%1 pictures per second here</source>
        <translation>本機每秒 %1 張圖片</translation>
    </message>
    <message>
        <source>Pictures per second on this machine</source>
        <translation>本機每秒處理的圖片數</translation>
    </message>
    <message>
        <source>Pictures per second on this machine: press «Measure all shown»</source>
        <translation>本機每秒處理的圖片數：請按「測量所有顯示的網路」</translation>
    </message>
    <message>
        <source>Multiply-adds for one picture, in billions (GMACs)</source>
        <translation>每張圖片的乘加次數，單位十億（GMACs）</translation>
    </message>
    <message>
        <source>Published top-1 accuracy, %</source>
        <translation>公布的 top-1 準確率，%</translation>
    </message>
    <message>
        <source>Published accuracy against the work for one picture</source>
        <translation>公布的準確率與每張圖片的計算量</translation>
    </message>
    <message>
        <source>The table beside it holds the same figures.</source>
        <translation>旁邊的表格包含相同的數據。</translation>
    </message>
    <message>
        <source>A bubble&apos;s area is the number of parameters, its colour the family; a click on a name shows that family only.</source>
        <translation>氣泡面積表示參數數量，顏色表示網路家族；點擊名稱只顯示該家族。</translation>
    </message>
</context>
<context>
    <name>graft::GalleryController</name>
    <message>
        <source>Looking through the gallery</source>
        <translation>正在瀏覽網路庫</translation>
    </message>
    <message>
        <source>Downloading %1</source>
        <translation>正在下載 %1</translation>
    </message>
    <message>
        <source>%1 is on this computer now.</source>
        <translation>%1 現已在本機上。</translation>
    </message>
    <message>
        <source>Checking %1</source>
        <translation>正在檢查 %1</translation>
    </message>
    <message>
        <source>The file is the published one; %1 is on this computer now.</source>
        <translation>檔案與發布的一致；%1 現已在本機上。</translation>
    </message>
    <message>
        <source>The file fits %1 and was taken, but it is not the published one: its checksum differs.</source>
        <translation>檔案適合 %1，已收下，但它不是發布的檔案：校驗和不同。</translation>
    </message>
</context>
<context>
    <name>graft::GalleryModel</name>
    <message>
        <source>here</source>
        <translation>本機</translation>
    </message>
    <message>
        <source>%1: the file is on this computer</source>
        <translation>%1：檔案在本機上</translation>
    </message>
    <message>
        <source>%1, on this computer</source>
        <translation>%1，在本機上</translation>
    </message>
    <message>
        <source>A tick marks files that are on this computer</source>
        <translation>打勾表示檔案在本機上</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>網路</translation>
    </message>
    <message>
        <source>What the weights are called by those who published them</source>
        <translation>發布者給權重起的名字</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>權重</translation>
    </message>
    <message>
        <source>Published accuracy on ImageNet, in percent: the first guess is right</source>
        <translation>在 ImageNet 上公布的準確率（百分比）：第一個猜測正確</translation>
    </message>
    <message>
        <source>Top-1, %</source>
        <translation>Top-1，%</translation>
    </message>
    <message>
        <source>Numbers that were trained</source>
        <translation>訓練得到的數值個數</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>參數</translation>
    </message>
    <message>
        <source>Work for one picture, at the size that the weights were published for</source>
        <translation>每張圖片的計算量，按權重發布時的圖片尺寸</translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation>乘加次數</translation>
    </message>
    <message>
        <source>Size of the file, about</source>
        <translation>檔案大小（約）</translation>
    </message>
    <message>
        <source>File</source>
        <translation>檔案</translation>
    </message>
    <message>
        <source>Pictures per second through the network on this machine</source>
        <translation>本機上網路每秒處理的圖片數</translation>
    </message>
    <message>
        <source>Pictures/s here</source>
        <translation>本機張/秒</translation>
    </message>
    <message>
        <source>Licence of the weights</source>
        <translation>權重的授權條款</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>授權條款</translation>
    </message>
</context>
<context>
    <name>graft::GalleryView</name>
    <message>
        <source>I already have the file…</source>
        <translation>我已有該檔案…</translation>
    </message>
    <message>
        <source>Take a weights file that is on this computer or on a stick instead of downloading it</source>
        <translation>使用本機或隨身碟上的權重檔案，而不下載</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress of the download</source>
        <translation>下載進度</translation>
    </message>
    <message>
        <source>1 picture at a time</source>
        <translation>每次 1 張圖片</translation>
    </message>
    <message>
        <source>%1 pictures at a time</source>
        <translation>每次 %1 張圖片</translation>
    </message>
    <message>
        <source>Pictures at a time when speed is measured</source>
        <translation>測量速度時每次的圖片數</translation>
    </message>
    <message>
        <source>Measure speed</source>
        <translation>測量速度</translation>
    </message>
    <message>
        <source>Run the chosen network on this machine; no download is needed for that</source>
        <translation>在本機上執行所選網路；無需下載</translation>
    </message>
    <message>
        <source>Measure all shown</source>
        <translation>測量所有顯示的網路</translation>
    </message>
    <message>
        <source>Run every network in the table on this machine, the light ones first; takes some minutes</source>
        <translation>在本機上逐個執行表中的網路，從輕的開始；需要幾分鐘</translation>
    </message>
    <message>
        <source>Progress of the measurement</source>
        <translation>測量進度</translation>
    </message>
    <message>
        <source>Stop measuring</source>
        <translation>停止測量</translation>
    </message>
    <message>
        <source>Close the gallery</source>
        <translation>關閉網路庫</translation>
    </message>
    <message>
        <source>Pretrained networks</source>
        <translation>預訓練網路</translation>
    </message>
    <message>
        <source>Filter: name, family, licence</source>
        <translation>篩選：名稱、家族、授權條款</translation>
    </message>
    <message>
        <source>Filter the networks</source>
        <translation>篩選網路</translation>
    </message>
    <message>
        <source>Accuracy against</source>
        <translation>準確率對比</translation>
    </message>
    <message>
        <source>multiply-adds</source>
        <translation>乘加次數</translation>
    </message>
    <message>
        <source>speed on this machine</source>
        <translation>本機速度</translation>
    </message>
    <message>
        <source>What accuracy is shown against</source>
        <translation>準確率與什麼對比</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>複製此行</translation>
    </message>
    <message>
        <source>Copy the file&apos;s address</source>
        <translation>複製檔案位址</translation>
    </message>
    <message>
        <source>Remove the file from this computer</source>
        <translation>從本機刪除該檔案</translation>
    </message>
    <message>
        <source>%1 (not for commercial use)</source>
        <translation>%1（不可商用）</translation>
    </message>
    <message>
        <source>%1 % top-1 and %2 % top-5</source>
        <translation>top-1 %1 %，top-5 %2 %</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 個參數</translation>
    </message>
    <message>
        <source>pictures of %1 × %1</source>
        <translation>圖片 %1 × %1</translation>
    </message>
    <message>
        <source>%1 pictures per second here</source>
        <translation>本機每秒 %1 張圖片</translation>
    </message>
    <message>
        <source>Choose a network in the chart or in the table.</source>
        <translation>請在圖表或表格中選擇一個網路。</translation>
    </message>
    <message>
        <source>%1 of %2 shown.</source>
        <translation>顯示 %1 / %2。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開啟</translation>
    </message>
    <message>
        <source>Download and open</source>
        <translation>下載並開啟</translation>
    </message>
    <message>
        <source>Go on with the download (%1 of %2)</source>
        <translation>繼續下載（%1 / %2）</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下載</translation>
    </message>
    <message>
        <source>Downloading %1: %2 of %3</source>
        <translation>正在下載 %1：%2 / %3</translation>
    </message>
    <message>
        <source>Measuring %1 (%2 of %3)</source>
        <translation>正在測量 %1（%2 / %3）</translation>
    </message>
</context>
<context>
    <name>graft::GraphCanvas</name>
    <message>
        <source>%1, frozen</source>
        <translation>%1，已凍結</translation>
    </message>
    <message>
        <source>Unfold all</source>
        <translation>全部展開</translation>
    </message>
    <message>
        <source>Fold all</source>
        <translation>全部折疊</translation>
    </message>
    <message>
        <source>Fit in the window</source>
        <translation>適合視窗</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>凍結</translation>
    </message>
    <message>
        <source>Unfreeze</source>
        <translation>解凍</translation>
    </message>
    <message>
        <source>Freeze everything before here</source>
        <translation>凍結此處之前的所有層</translation>
    </message>
    <message>
        <source>Replace head…</source>
        <translation>更換分類頭…</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>折疊</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>展開</translation>
    </message>
    <message>
        <source>Fold %1 equal blocks together</source>
        <translation>一起折疊 %1 個相同的區塊</translation>
    </message>
    <message>
        <source>Fit the selection</source>
        <translation>縮放到所選</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>實際大小</translation>
    </message>
</context>
<context>
    <name>graft::GraphEditing</name>
    <message>
        <source>Insert layer here</source>
        <translation>在此插入層</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>斷開連接</translation>
    </message>
    <message>
        <source>Insert layer behind</source>
        <translation>在後面插入層</translation>
    </message>
    <message>
        <source>Add layer</source>
        <translation>新增層</translation>
    </message>
    <message>
        <source>Connect output to…</source>
        <translation>將輸出連接到…</translation>
    </message>
</context>
<context>
    <name>graft::GraphScene</name>
    <message>
        <source>%1 param.</source>
        <translation>%1 參數</translation>
    </message>
    <message>
        <source>Output: %1</source>
        <translation>輸出：%1</translation>
    </message>
    <message>
        <source>%1 parameters, %2 frozen</source>
        <translation>%1 個參數，%2 已凍結</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>graft::GraphView</name>
    <message>
        <source>Zoom out (-)</source>
        <translation>縮小 (-)</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Fit in the window (F)</source>
        <translation>適合視窗 (F)</translation>
    </message>
    <message>
        <source>Fold all</source>
        <translation>全部折疊</translation>
    </message>
    <message>
        <source>Unfold all</source>
        <translation>全部展開</translation>
    </message>
    <message>
        <source>Layer graph</source>
        <translation>層圖</translation>
    </message>
    <message>
        <source>Overview of the graph</source>
        <translation>圖的總覽</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重新命名…</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>製作複本</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪下</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼上</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>刪除</translation>
    </message>
    <message>
        <source>Freeze layers by pattern</source>
        <translation>按名稱模式凍結層</translation>
    </message>
    <message>
        <source>layer1, *.bn?</source>
        <translation>layer1, *.bn?</translation>
    </message>
    <message>
        <source>A number from 0 to %1.</source>
        <translation>0 到 %1 之間的數。</translation>
    </message>
    <message>
        <source>Learning rate × %1</source>
        <translation>學習率 × %1</translation>
    </message>
    <message>
        <source>Learning-rate factor</source>
        <translation>學習率倍數</translation>
    </message>
    <message>
        <source>Freeze more</source>
        <translation>更多凍結方式</translation>
    </message>
    <message>
        <source>All %1 (%2)</source>
        <translation>所有 %1（%2）</translation>
    </message>
    <message>
        <source>By pattern…</source>
        <translation>按名稱模式…</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>學習率</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>其他…</translation>
    </message>
    <message>
        <source>No layer of this name can take it.</source>
        <translation>沒有可接收它的同名層。</translation>
    </message>
    <message>
        <source>Input %1</source>
        <translation>輸入 %1</translation>
    </message>
    <message>
        <source>%1; the shapes do not fit</source>
        <translation>%1；形狀不相符</translation>
    </message>
    <message>
        <source>Connect %1 to</source>
        <translation>將 %1 連接到</translation>
    </message>
    <message>
        <source>Fit the selection (Shift+F)</source>
        <translation>縮放到所選（Shift+F）</translation>
    </message>
    <message>
        <source>Actual size (1)</source>
        <translation>實際大小（1）</translation>
    </message>
    <message>
        <source>Fit to its inputs</source>
        <translation>與其輸入相符</translation>
    </message>
    <message>
        <source>Gives channels and features the numbers that come in.</source>
        <translation>使通道數和特徵數與輸入一致。</translation>
    </message>
    <message>
        <source>Make it the output</source>
        <translation>設為輸出</translation>
    </message>
</context>
<context>
    <name>graft::HeadForm</name>
    <message>
        <source>As it is, in a new size</source>
        <translation>保持原樣，只改大小</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>線性層</translation>
    </message>
    <message>
        <source>Dropout + linear</source>
        <translation>Dropout + 線性層</translation>
    </message>
    <message>
        <source>Convolutional</source>
        <translation>卷積</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>類別</translation>
    </message>
    <message>
        <source>How many outputs it has: one for each class that was found in the pictures.</source>
        <translation>輸出的個數：圖片中找到的每個類別一個。</translation>
    </message>
    <message>
        <source>Hidden layers</source>
        <translation>隱藏層</translation>
    </message>
    <message>
        <source>Linear layers before the last one, 1 to 16.</source>
        <translation>最後一層之前的線性層數，1 到 16。</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>啟動函數</translation>
    </message>
    <message>
        <source>What follows each hidden layer.</source>
        <translation>每個隱藏層之後的啟動函數。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Probability that a value is set to 0 in training, 0 to 1; guards against learning pictures by heart.</source>
        <translation>訓練時把一個值置為 0 的機率，0 到 1；防止死記圖片。</translation>
    </message>
    <message>
        <source>Dense layer + ReLU + linear</source>
        <translation>全連接層 + ReLU + 線性層</translation>
    </message>
    <message>
        <source>MLP: several dense layers</source>
        <translation>MLP：多個全連接層</translation>
    </message>
    <message>
        <source>What the new head is made of; dense layers are Linear layers with an activation. MLP has as many as you like.</source>
        <translation>新分類頭的組成；全連接層是帶啟用函數的線性層，MLP 可有任意多個。</translation>
    </message>
    <message>
        <source>Width (dense)</source>
        <translation>寬度（全連接）</translation>
    </message>
    <message>
        <source>Features of each dense layer before the last one, 1024 for example.</source>
        <translation>最後一層之前每個全連接層的特徵數，例如 1024。</translation>
    </message>
    <message>
        <source>%1 %L2</source>
        <comment>a label set and its number of classes</comment>
        <translation>%1 %L2</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between label sets</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Label sets</source>
        <translation>標籤集</translation>
    </message>
    <message>
        <source>The pictures have labels of several kinds: each gets a head of its own, with an output for each of its classes.</source>
        <translation>圖片有幾種標籤：每種標籤有自己的分類頭，每個類別一個輸出。</translation>
    </message>
</context>
<context>
    <name>graft::HeadPanel</name>
    <message>
        <source>Head</source>
        <translation>分類頭</translation>
    </message>
    <message>
        <source>The last layers, which turn what the network sees into answers: one output for each class.</source>
        <translation>最後的幾層，把網路看到的內容變成答案：每個類別一個輸出。</translation>
    </message>
    <message>
        <source>What is trained</source>
        <translation>訓練哪些部分</translation>
    </message>
    <message>
        <source>Freeze all but the head</source>
        <translation>只留分類頭，其餘凍結</translation>
    </message>
    <message>
        <source>Only the head learns. Fast, and the best choice for few pictures.</source>
        <translation>只有分類頭學習。速度快，圖片少時的最佳選擇。</translation>
    </message>
    <message>
        <source>Freeze nothing</source>
        <translation>全部不凍結</translation>
    </message>
    <message>
        <source>Every layer learns. Slow; pays off with many pictures and a low learning rate.</source>
        <translation>每一層都學習。較慢；圖片多、學習率低時才值得。</translation>
    </message>
    <message>
        <source>%1 has 1 output</source>
        <translation>%1 有 1 個輸出</translation>
    </message>
    <message numerus="yes">
        <source>%1 has %n outputs</source>
        <translation>
            <numerusform>%1 有 %n 個輸出</numerusform>
        </translation>
    </message>
    <message>
        <source>No head</source>
        <translation>沒有分類頭</translation>
    </message>
    <message>
        <source>Open a model first; its last layer with weights is the head.</source>
        <translation>請先開啟模型；它最後一個帶權重的層就是分類頭。</translation>
    </message>
    <message>
        <source>It fits the one class found in the data.</source>
        <translation>與資料中找到的 1 個類別相符。</translation>
    </message>
    <message numerus="yes">
        <source>It fits the %n classes found in the data.</source>
        <translation>
            <numerusform>與資料中找到的 %n 個類別相符。</numerusform>
        </translation>
    </message>
    <message>
        <source>The data has one class, so the head does not fit yet.</source>
        <translation>資料有 1 個類別，分類頭還不相符。</translation>
    </message>
    <message numerus="yes">
        <source>The data has %n classes, so the head does not fit yet.</source>
        <translation>
            <numerusform>資料有 %n 個類別，分類頭還不相符。</numerusform>
        </translation>
    </message>
    <message>
        <source>Replace the head: 1 class</source>
        <translation>更換分類頭：1 個類別</translation>
    </message>
    <message numerus="yes">
        <source>Replace the head: %n classes</source>
        <translation>
            <numerusform>更換分類頭：%n 個類別</numerusform>
        </translation>
    </message>
    <message>
        <source>Replace the head</source>
        <translation>更換分類頭</translation>
    </message>
    <message>
        <source>%1 of %2 parameters trainable (%3)</source>
        <translation>%2 個參數中 %1 個可訓練（%3）</translation>
    </message>
    <message>
        <source>No parameters</source>
        <translation>無參數</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 / %L2</translation>
    </message>
    <message>
        <source>Warm and plain: trained. Cool and hatched: frozen.</source>
        <translation>暖色純色：訓練。冷色斜紋：凍結。</translation>
    </message>
    <message>
        <source>Choose a folder of pictures, and the head is sized for its classes; or say how many there will be.</source>
        <translation>選擇圖片資料夾，分類頭的大小就由其類別決定；也可以直接指定類別數。</translation>
    </message>
    <message>
        <source>Puts this head in place of the old one and keeps everything before it. One step of undo.</source>
        <translation>用這個分類頭取代舊的，之前的部分全部保留。可一步復原。</translation>
    </message>
    <message>
        <source>%1 parameters in this head.</source>
        <translation>這個分類頭有 %1 個參數。</translation>
    </message>
    <message>
        <source>The auxiliary classifier gets the same number of outputs.</source>
        <translation>輔助分類器的輸出數也相應改變。</translation>
    </message>
    <message numerus="yes">
        <source>The %n auxiliary classifiers get the same number of outputs.</source>
        <translation>
            <numerusform>%n 個輔助分類器的輸出數也相應改變。</numerusform>
        </translation>
    </message>
    <message>
        <source>Below: %1</source>
        <comment>links to parts of the panel</comment>
        <translation>下方：%1</translation>
    </message>
    <message numerus="yes">
        <source>A head for each of %n label sets: %1</source>
        <translation>
            <numerusform>%n 個標籤集各有一個分類頭：%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It fits the %n label sets found in the data.</source>
        <translation>
            <numerusform>與資料中找到的 %n 個標籤集相符。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The data has %n label sets, so the head does not fit yet.</source>
        <translation>
            <numerusform>資料有 %n 個標籤集，分類頭還不符合。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace the head: one for each of %n label sets</source>
        <translation>
            <numerusform>更換分類頭：%n 個標籤集各一個</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>graft::HeadSketch</name>
    <message>
        <source>The new head&apos;s layers</source>
        <translation>新分類頭的各層</translation>
    </message>
    <message>
        <source>, %L1 parameters</source>
        <translation>，%L1 個參數</translation>
    </message>
    <message>
        <source>%1 (kept)</source>
        <translation>%1（保留）</translation>
    </message>
</context>
<context>
    <name>graft::HistoryView</name>
    <message>
        <source>As opened</source>
        <translation>開啟時的狀態</translation>
    </message>
    <message>
        <source>History of changes</source>
        <translation>更改歷史</translation>
    </message>
    <message>
        <source>Click a step to go back or forth to it.</source>
        <translation>點選某一步即可退回或前進到那裡。</translation>
    </message>
</context>
<context>
    <name>graft::InsightController</name>
    <message>
        <source>Measuring this machine</source>
        <translation>正在測量本機</translation>
    </message>
    <message>
        <source>Measuring each layer</source>
        <translation>正在測量各層</translation>
    </message>
    <message>
        <source>Comparing the weights with those that were opened</source>
        <translation>正在與開啟時的權重比較</translation>
    </message>
    <message>
        <source>Drop a picture here, or choose one; what the layer makes of it is then shown.</source>
        <translation>把圖片拖放到這裡，或選擇一張；隨後顯示該層從中得到的內容。</translation>
    </message>
    <message>
        <source>Looking at %1</source>
        <translation>正在查看 %1</translation>
    </message>
    <message>
        <source>For one picture, forward and backward; batches of %1 on %2, median of %3</source>
        <translation>每張圖片的前向和反向；批次 %1，裝置 %2，%3 次的中位數</translation>
    </message>
</context>
<context>
    <name>graft::JobIndicator</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>graft::LayerPanel</name>
    <message>
        <source>Click a layer or a block in the graph to see what it does and what it costs.</source>
        <translation>點選圖中的層或區塊，查看它的作用和開銷。</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>屬性</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>權重</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>layer type in block</comment>
        <translation>%2 中的 %1</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>輸入</translation>
    </message>
    <message>
        <source>Input from %1</source>
        <translation>來自 %1 的輸入</translation>
    </message>
    <message>
        <source>Comes from %1. Channels × height × width of one picture.</source>
        <translation>來自 %1。一張圖片的通道 × 高 × 寬。</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>輸出</translation>
    </message>
    <message>
        <source>Channels × height × width of one picture.</source>
        <translation>一張圖片的通道 × 高 × 寬。</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>參數</translation>
    </message>
    <message>
        <source>%L1 numbers that training can change</source>
        <translation>訓練可以改變的 %L1 個數</translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation>乘加次數</translation>
    </message>
    <message>
        <source>%L1 for one picture</source>
        <translation>每張圖片 %L1 次</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <comment>count × layer type</comment>
        <translation>%1 × %2</translation>
    </message>
    <message numerus="yes">
        <source>%n layers</source>
        <translation>
            <numerusform>%n 個層</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>number of layers: their kinds</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Last output</source>
        <translation>最後的輸出</translation>
    </message>
    <message>
        <source>Of %1. Channels × height × width of one picture.</source>
        <translation>%1 的輸出。一張圖片的通道 × 高 × 寬。</translation>
    </message>
    <message>
        <source>Trainable</source>
        <translation>可訓練</translation>
    </message>
    <message>
        <source>%L1 of them are not frozen</source>
        <translation>其中 %L1 個未凍結</translation>
    </message>
    <message>
        <source>Name of the layer or block</source>
        <translation>層或區塊的名稱</translation>
    </message>
    <message>
        <source>There is a layer or block `%1` already; choose another name.</source>
        <translation>已經有名為 `%1` 的層或區塊，請換一個名稱。</translation>
    </message>
</context>
<context>
    <name>graft::LayerQuery</name>
    <message>
        <source>frozen</source>
        <translation>已凍結</translation>
    </message>
    <message>
        <source>trainable</source>
        <translation>可訓練</translation>
    </message>
    <message>
        <source>Find layers by</source>
        <translation>可按以下內容尋找層</translation>
    </message>
    <message>
        <source>name or type:  conv1   BatchNorm2d   *.bn?</source>
        <translation>名稱或類型：conv1   BatchNorm2d   *.bn?</translation>
    </message>
    <message>
        <source>shape:  512×7×7   512 x 7   ?×7×7</source>
        <translation>形狀：512×7×7   512 x 7   ?×7×7</translation>
    </message>
    <message>
        <source>size:  &gt;1M   params&gt;=1e6   macs&gt;100M   memory&gt;2MB   factor&lt;1</source>
        <translation>大小：&gt;1M   params&gt;=1e6   macs&gt;100M   memory&gt;2MB   factor&lt;1</translation>
    </message>
    <message>
        <source>state:  frozen   trainable</source>
        <translation>狀態：frozen   trainable</translation>
    </message>
    <message>
        <source>All words must fit; a comma means «or», a minus «not»:  conv -frozen, Linear</source>
        <translation>各詞須同時符合；逗號表示「或」，減號表示「非」：conv -frozen, Linear</translation>
    </message>
</context>
<context>
    <name>graft::LayerTable</name>
    <message>
        <source>Freeze</source>
        <translation>凍結</translation>
    </message>
    <message>
        <source>Unfreeze</source>
        <translation>解凍</translation>
    </message>
    <message>
        <source>Copy all rows</source>
        <translation>複製所有列</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>複製列</translation>
    </message>
    <message>
        <source>Filter layers</source>
        <translation>篩選層</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>層</translation>
    </message>
    <message>
        <source>%1 chosen</source>
        <comment>%1 is &apos;3 layers&apos;</comment>
        <translation>已選 %1</translation>
    </message>
    <message>
        <source>%1 shown</source>
        <comment>%1 is &apos;3 layers&apos;</comment>
        <translation>顯示 %1</translation>
    </message>
    <message>
        <source>%1 frozen</source>
        <translation>%1 已凍結</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>欄</translation>
    </message>
    <message>
        <source>Choose which columns are shown</source>
        <translation>選擇顯示哪些欄</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Copies the chosen rows, or all that are shown, as tab-separated text (Ctrl+C)</source>
        <translation>將所選的列（未選時為所有顯示的列）複製為以製表符分隔的文字（Ctrl+C）</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>儲存為 CSV…</translation>
    </message>
    <message>
        <source>Writes the rows that are shown into a file for spreadsheets</source>
        <translation>將顯示的列寫入試算表可用的檔案</translation>
    </message>
</context>
<context>
    <name>graft::LayerTableModel</name>
    <message>
        <source>frozen</source>
        <translation>已凍結</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>層</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>類型</translation>
    </message>
    <message>
        <source>Output shape</source>
        <translation>輸出形狀</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>參數</translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation>乘加次數</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>已凍結</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Output memory</source>
        <translation>輸出記憶體</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Sorted as the network runs</source>
        <translation>按網路執行的順序排列</translation>
    </message>
    <message>
        <source>What the layer&apos;s output takes for one picture, in 32-bit numbers</source>
        <translation>一張圖片時該層輸出所佔的記憶體，按 32 位數計</translation>
    </message>
    <message>
        <source>Measured on this machine, for one picture</source>
        <translation>在本機上對一張圖片測得</translation>
    </message>
    <message>
        <source>%1 (bytes)</source>
        <translation>%1（位元組）</translation>
    </message>
    <message>
        <source>%1 (ms)</source>
        <translation>%1（毫秒）</translation>
    </message>
</context>
<context>
    <name>graft::LibraryDrop</name>
    <message>
        <source>Insert %1 here</source>
        <translation>在此插入 %1</translation>
    </message>
    <message>
        <source>Insert %1 behind %2</source>
        <translation>在 %2 之後插入 %1</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>新增 %1</translation>
    </message>
</context>
<context>
    <name>graft::LibraryView</name>
    <message>
        <source>%1: %2</source>
        <comment>layer type: help</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Drag a layer onto a connection or the ground of the graph.</source>
        <translation>把層拖到圖中的連線或空白處。</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>新增 %1</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Insert %1 behind %2</source>
        <translation>在 %2 之後插入 %1</translation>
    </message>
    <message>
        <source>Insert behind %1</source>
        <translation>插入到 %1 之後</translation>
    </message>
    <message>
        <source>Choose a layer in the graph to put the new one behind it; else it stands alone at first.</source>
        <translation>在圖中選擇一個層，新的層會接在它之後；否則先單獨放置。</translation>
    </message>
    <message>
        <source>Search layer types</source>
        <translation>搜尋層類型</translation>
    </message>
    <message>
        <source>Library of layers</source>
        <translation>層庫</translation>
    </message>
</context>
<context>
    <name>graft::LineEditor</name>
    <message>
        <source>several values</source>
        <translation>多個值</translation>
    </message>
    <message>
        <source>Type %1 whole numbers with commas between them.</source>
        <translation>請輸入 %1 個整數，以逗號分隔。</translation>
    </message>
    <message>
        <source>Type whole numbers with commas between them.</source>
        <translation>請輸入整數，以逗號分隔。</translation>
    </message>
</context>
<context>
    <name>graft::MainWindow</name>
    <message>
        <source>Open a model</source>
        <translation>開啟模型</translation>
    </message>
    <message>
        <source>Models (%1);;All files (*)</source>
        <translation>模型 (%1);;所有檔案 (*)</translation>
    </message>
    <message>
        <source>Open a folder that holds a folder of pictures for each class</source>
        <translation>開啟一個資料夾，其中每個類別各有一個圖片資料夾</translation>
    </message>
    <message>
        <source>Try a picture</source>
        <translation>試一張圖片</translation>
    </message>
    <message>
        <source>Pictures (%1);;All files (*)</source>
        <translation>圖片 (%1);;所有檔案 (*)</translation>
    </message>
    <message>
        <source>Choose a folder of pictures first (step 2, Data).</source>
        <translation>請先選擇圖片資料夾（第 2 步「資料」）。</translation>
    </message>
    <message>
        <source>Open a model first (step 1, Model).</source>
        <translation>請先開啟模型（第 1 步「模型」）。</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>凍結</translation>
    </message>
    <message>
        <source>Thaw</source>
        <translation>解凍</translation>
    </message>
    <message>
        <source>The new head takes its size from your classes: choose a folder of pictures first (step 2, Data).</source>
        <translation>新分類頭的大小由您的類別決定：請先選擇圖片資料夾（第 2 步「資料」）。</translation>
    </message>
    <message>
        <source>Training is running; stop it first to change the model or the data.</source>
        <translation>訓練正在進行；要更改模型或資料，請先停止訓練。</translation>
    </message>
    <message>
        <source>About Graft</source>
        <translation>關於 Graft</translation>
    </message>
    <message>
        <source>&lt;b&gt;Graft %1&lt;/b&gt;&lt;p&gt;Give a trained network a new task, with your own pictures.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;b&gt;Graft %1&lt;/b&gt;&lt;p&gt;用您自己的圖片，讓訓練好的網路勝任新任務。&lt;/p&gt;&lt;p&gt;自由軟體，遵循 GNU 通用公眾授權條款第 3 版或更新版本。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Training is being stopped; a checkpoint is saved, then the window closes. «Go on with the last run» takes it up again.</source>
        <translation>正在停止訓練；儲存檢查點之後視窗會關閉。以後可用「繼續上一次訓練」接著進行。</translation>
    </message>
    <message>
        <source>Opened %1.</source>
        <translation>已開啟 %1。</translation>
    </message>
    <message>
        <source>Opened the pictures in %1.</source>
        <translation>已開啟 %1 中的圖片。</translation>
    </message>
    <message>
        <source>Wrote %1.</source>
        <translation>已寫入 %1。</translation>
    </message>
    <message>
        <source>Training begins; the run is kept in %1.</source>
        <translation>訓練開始；本次執行儲存在 %1。</translation>
    </message>
    <message>
        <source>%1 parameters, %2 of them trainable · %3 a picture</source>
        <translation>%1 個參數，其中 %2 個可訓練 · 每張圖片 %3</translation>
    </message>
    <message>
        <source>The model does not know these classes yet: train it first (step 4, Train).</source>
        <translation>模型還不認識這些類別：請先訓練（第 4 步「訓練」）。</translation>
    </message>
    <message>
        <source>There are no validation pictures to judge by; set some aside on the page Data.</source>
        <translation>沒有可用來評估的驗證圖片；請在「資料」頁留出一些。</translation>
    </message>
    <message>
        <source>%1 parameters, %2 classes.</source>
        <translation>%1 個參數，%2 個類別。</translation>
    </message>
    <message>
        <source>It has not been trained here yet.</source>
        <translation>它還沒有在這裡訓練過。</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在準備…</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>還剩 %1</translation>
    </message>
    <message>
        <source>Paused in epoch %1 of %2</source>
        <translation>已暫停：第 %1 輪，共 %2 輪</translation>
    </message>
    <message>
        <source>Training: epoch %1 of %2</source>
        <translation>訓練中：第 %1 輪，共 %2 輪</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>復原(&amp;U)：%1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>復原(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>重做(&amp;R)：%1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>繼續(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暫停(&amp;P)</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>繼續</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暫停</translation>
    </message>
    <message>
        <source>Graft</source>
        <translation>Graft</translation>
    </message>
    <message>
        <source>Graft · %1</source>
        <translation>Graft · %1</translation>
    </message>
    <message>
        <source>Stopped before the first epoch was done, so the model is as it was. «Go on with the last run» takes it up again.</source>
        <translation>第一輪結束之前就停止了，所以模型沒有變化。可用「繼續上一次訓練」接著進行。</translation>
    </message>
    <message>
        <source>Stopped; the best epoch so far is %1, with an accuracy of %2.</source>
        <translation>已停止；目前最好的是第 %1 輪，準確率 %2。</translation>
    </message>
    <message>
        <source>Trained; the best epoch is %1, with an accuracy of %2.</source>
        <translation>訓練完成；最好的是第 %1 輪，準確率 %2。</translation>
    </message>
    <message>
        <source>The weights file that you have</source>
        <translation>您已有的權重檔案</translation>
    </message>
    <message>
        <source>Weights (*.pth *.pt *.safetensors);;All files (*)</source>
        <translation>權重 (*.pth *.pt *.safetensors);;所有檔案 (*)</translation>
    </message>
    <message>
        <source>Training is running and would slow the measurement; wait for it or stop it first.</source>
        <translation>正在訓練，會拖慢測量；請先等待訓練結束或停止訓練。</translation>
    </message>
    <message>
        <source>There are no copied layers to paste; choose some and copy them first (Ctrl+C).</source>
        <translation>沒有可貼上的層；請先選擇一些層並複製（Ctrl+C）。</translation>
    </message>
    <message>
        <source>Save the table of layers</source>
        <translation>儲存層的表格</translation>
    </message>
    <message>
        <source>Tables (*.csv);;All files (*)</source>
        <translation>表格 (*.csv);;所有檔案 (*)</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>開啟專案</translation>
    </message>
    <message>
        <source>Projects (*.%1);;All files (*)</source>
        <translation>專案 (*.%1);;所有檔案 (*)</translation>
    </message>
    <message>
        <source>project</source>
        <translation>專案</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>儲存專案</translation>
    </message>
    <message>
        <source>Projects (*.%1)</source>
        <translation>專案 (*.%1)</translation>
    </message>
    <message>
        <source>Opened the project %1.</source>
        <translation>已開啟專案 %1。</translation>
    </message>
    <message>
        <source>Saved the project %1.</source>
        <translation>已儲存專案 %1。</translation>
    </message>
    <message>
        <source>Restored the work from %1.</source>
        <translation>已還原 %1 的工作。</translation>
    </message>
    <message>
        <source>Your unsaved work on %1 from %2 is here.</source>
        <translation>%2 未儲存的工作（%1）還在。</translation>
    </message>
    <message>
        <source>Graft ended unexpectedly; your work on %1 from %2 is here.</source>
        <translation>Graft 意外退出；您 %2 的工作（%1）還在。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>還原</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>捨棄</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>The model to compare with</source>
        <translation>要比較的模型</translation>
    </message>
    <message>
        <source>The gradients come with the next step of the training.</source>
        <translation>梯度會在下一步訓練時出現。</translation>
    </message>
    <message>
        <source>Gradients are seen while training runs: start it (step 4, Train).</source>
        <translation>訓練時才能看到梯度：請開始訓練（第 4 步「訓練」）。</translation>
    </message>
    <message>
        <source>Since the model was opened</source>
        <translation>自開啟模型以來</translation>
    </message>
    <message>
        <source>Look at a picture</source>
        <translation>查看一張圖片</translation>
    </message>
    <message>
        <source>graph</source>
        <translation>層圖</translation>
    </message>
    <message>
        <source>Export the graph</source>
        <translation>匯出層圖</translation>
    </message>
    <message>
        <source>Vector picture (*.svg);;Document (*.pdf);;Picture (*.png)</source>
        <translation>向量圖 (*.svg);;文件 (*.pdf);;圖片 (*.png)</translation>
    </message>
    <message>
        <source>%1 has an open input now: what came before does not fit it. Connect it, or undo.</source>
        <translation>%1 現在有一個輸入空著：之前的層與它不相符。請連接它，或復原。</translation>
    </message>
    <message numerus="yes">
        <source>%n layers have an open input now: what came before does not fit them. Connect them, or undo.</source>
        <translation>
            <numerusform>%n 個層現在有輸入空著：之前的層與它們不相符。請連接它們，或復原。</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>復原</translation>
    </message>
    <message>
        <source>Epoch %L1, step %L2 of %L3</source>
        <translation>第 %L1 輪，第 %L2 步，共 %L3 步</translation>
    </message>
    <message>
        <source>Your unsaved work on %1 is kept: File, Unsaved work brings it back.</source>
        <translation>您在 %1 上未儲存的工作已保留：可透過「檔案 › 未儲存的工作」取回。</translation>
    </message>
    <message>
        <source>Train the model on the pictures</source>
        <translation>用這些圖片訓練模型</translation>
    </message>
    <message>
        <source>A folder for what frozen layers make of pictures</source>
        <translation>存放凍結層對圖片的計算結果的資料夾</translation>
    </message>
    <message>
        <source>Nothing can be written in %1; choose another folder.</source>
        <translation>無法寫入 %1；請選擇其他資料夾。</translation>
    </message>
    <message>
        <source>Clear the %1 of kept features in %2? Runs that need them compute them again.</source>
        <translation>要清除 %2 中保留的 %1 特徵嗎？需要它們的訓練會重新計算。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>A folder for unpacked pictures</source>
        <translation>存放已解碼圖片的資料夾</translation>
    </message>
    <message>
        <source>Clear the %1 of unpacked pictures in %2? Runs that need them unpack their files again.</source>
        <translation>要清除 %2 中保留的 %1 已解碼圖片嗎？需要它們的訓練會重新解碼檔案。</translation>
    </message>
</context>
<context>
    <name>graft::MemorySection</name>
    <message>
        <source>Memory and speed</source>
        <translation>記憶體與速度</translation>
    </message>
    <message>
        <source>Pictures at once</source>
        <translation>同時處理的圖片</translation>
    </message>
    <message>
        <source>How many pictures of a batch go through the network together (the micro-batch). Fewer need less memory and take a little longer; the batch is still learned from as a whole. Only normalization that is trained sees each part by itself. Leave it at 0 unless memory runs out.</source>
        <translation>一個批次中有多少張圖片一起通過網路（微批次）。越少越省記憶體，但稍慢；學習仍以整個批次為準，只有參與訓練的正規化層分別看待每一部分。除非記憶體不足，否則保持為 0。</translation>
    </message>
    <message>
        <source> picture</source>
        <comment>after 1</comment>
        <translation> 張圖片</translation>
    </message>
    <message>
        <source> pictures</source>
        <comment>after a number</comment>
        <translation> 張圖片</translation>
    </message>
    <message>
        <source>the whole batch</source>
        <translation>整個批次</translation>
    </message>
    <message>
        <source>Keep features</source>
        <translation>保留特徵</translation>
    </message>
    <message>
        <source>Keeps on disk what the frozen layers make of each picture, so that later epochs and later runs, in any project, take a moment. It costs disk space only. Without it every epoch computes everything again.</source>
        <translation>把凍結層對每張圖片的計算結果保留在磁碟上，因此之後的輪次以及任何專案中之後的訓練只需片刻。只佔用磁碟空間。不保留時，每輪都要全部重新計算。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>資料夾</translation>
    </message>
    <message>
        <source>Where features are kept, for all projects on this computer. A fast disk with room to spare is best. What was kept in another folder stays there.</source>
        <translation>特徵存放的位置，對這台電腦上的所有專案有效。最好是空間充裕的快速磁碟。原先保留在其他資料夾中的內容仍留在那裡。</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>What the folder may take. When it is full, what was used least recently makes room. 0 lets Graft choose: a tenth of the free disk, 10 GB at most.</source>
        <translation>該資料夾最多可佔用的空間。滿了之後，最久未使用的內容會讓出空間。0 表示由 Graft 決定：可用磁碟空間的十分之一，最多 10 GB。</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>What the frozen layers made of all pictures so far, in all projects.</source>
        <translation>到目前為止，所有專案中凍結層對所有圖片的計算結果。</translation>
    </message>
    <message>
        <source>Save memory</source>
        <translation>節省記憶體</translation>
    </message>
    <message>
        <source>Keeps few of the layers&apos; outputs during a step and computes the others a second time (activation checkpointing). What is learned is the same; a step needs less memory and takes longer.</source>
        <translation>每一步只保留少數層的輸出，其餘的再計算一次（啟動值檢查點）。學到的內容相同；每一步所需記憶體更少，但耗時更長。</translation>
    </message>
    <message>
        <source>when it is short</source>
        <translation>記憶體不足時</translation>
    </message>
    <message>
        <source>always</source>
        <translation>總是</translation>
    </message>
    <message>
        <source>never</source>
        <translation>從不</translation>
    </message>
    <message>
        <source>Keep pictures</source>
        <translation>保留圖片</translation>
    </message>
    <message>
        <source>Keeps pictures on disk unpacked (decoded), so that later epochs and later runs need not unpack the files again. It saves time where every epoch shows fresh views of them or nothing is frozen. What is learned is the same. Photos take about five times the room that their files take.</source>
        <translation>把解碼後的圖片保留在磁碟上，之後的輪次和之後的訓練就不必再次解碼檔案。每輪都使用新變體或沒有凍結任何層時能節省時間。學到的內容相同。相片佔用的空間約為其檔案的五倍。</translation>
    </message>
    <message>
        <source>Picture folder</source>
        <translation>圖片資料夾</translation>
    </message>
    <message>
        <source>Where unpacked pictures are kept, for all projects on this computer. Only a fast disk saves time. What was kept in another folder stays there.</source>
        <translation>已解碼圖片存放的位置，對這台電腦上的所有專案有效。只有快速磁碟才能節省時間。原先保留在其他資料夾中的內容仍留在那裡。</translation>
    </message>
    <message>
        <source>Pictures at most</source>
        <translation>圖片佔用上限</translation>
    </message>
    <message>
        <source>What the folder may take. When it is full, pictures that the run does not use make room; those that still do not fit are unpacked in every epoch. 0 lets Graft choose: a tenth of the free disk, 10 GB at most.</source>
        <translation>該資料夾最多可佔用的空間。滿了之後，本次訓練不用的圖片會讓出空間；仍放不下的圖片每輪都要解碼。0 表示由 Graft 決定：可用磁碟空間的十分之一，最多 10 GB。</translation>
    </message>
    <message>
        <source>Pictures in use</source>
        <translation>圖片已佔用</translation>
    </message>
    <message>
        <source>All pictures that are kept unpacked, of all projects.</source>
        <translation>所有專案中保留的全部已解碼圖片。</translation>
    </message>
    <message>
        <source>unpacked</source>
        <comment>picture files</comment>
        <translation>已解碼</translation>
    </message>
</context>
<context>
    <name>graft::MessageBar</name>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>關閉這則訊息</translation>
    </message>
</context>
<context>
    <name>graft::NameEditor</name>
    <message>
        <source>Name of %1</source>
        <translation>%1 的名稱</translation>
    </message>
</context>
<context>
    <name>graft::NumberEditor</name>
    <message>
        <source>several values</source>
        <translation>多個值</translation>
    </message>
    <message>
        <source>Type a number.</source>
        <translation>請輸入一個數。</translation>
    </message>
</context>
<context>
    <name>graft::OutlineModel</name>
    <message>
        <source>%1
%2
%3 parameters, %4</source>
        <translation>%1
%2
%3 個參數，%4</translation>
    </message>
    <message>
        <source>trainable</source>
        <translation>可訓練</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>已凍結</translation>
    </message>
    <message>
        <source>partly frozen</source>
        <translation>部分凍結</translation>
    </message>
    <message>
        <source>Frozen: click a snowflake to freeze or to unfreeze</source>
        <translation>凍結：點選雪花可凍結或解凍</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>已凍結</translation>
    </message>
    <message>
        <source>Block or layer</source>
        <translation>區塊或層</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>類型</translation>
    </message>
</context>
<context>
    <name>graft::OutlineView</name>
    <message>
        <source>Search layers</source>
        <translation>搜尋層</translation>
    </message>
    <message>
        <source>Outline of the network</source>
        <translation>網路大綱</translation>
    </message>
</context>
<context>
    <name>graft::OverlayChooser</name>
    <message>
        <source>Colour by: %1</source>
        <translation>著色：%1</translation>
    </message>
    <message>
        <source>What the colours of the graph tell</source>
        <translation>圖中顏色的含義</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>圖例</translation>
    </message>
</context>
<context>
    <name>graft::OverlayLegend</name>
    <message>
        <source>Frozen</source>
        <translation>已凍結</translation>
    </message>
    <message>
        <source>Trainable</source>
        <translation>可訓練</translation>
    </message>
    <message>
        <source>No parameters</source>
        <translation>無參數</translation>
    </message>
    <message>
        <source>0 everywhere</source>
        <translation>處處為 0</translation>
    </message>
    <message>
        <source>In powers of ten</source>
        <translation>按 10 的冪</translation>
    </message>
</context>
<context>
    <name>graft::PairEditor</name>
    <message>
        <source>several</source>
        <translation>多個</translation>
    </message>
    <message>
        <source>%1, height</source>
        <translation>%1，高</translation>
    </message>
    <message>
        <source>%1, width</source>
        <translation>%1，寬</translation>
    </message>
    <message>
        <source>%1: height and width equal</source>
        <translation>%1：高寬相等</translation>
    </message>
    <message>
        <source>Keeps height and width equal</source>
        <translation>保持高寬相等</translation>
    </message>
    <message>
        <source>Type whole numbers.</source>
        <translation>請輸入整數。</translation>
    </message>
</context>
<context>
    <name>graft::PictureChecker</name>
    <message>
        <source>1 picture turned out to be damaged and is left out; the page Data names it.</source>
        <translation>1 張圖片已損毀，已被排除；「資料」頁列出了它。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures turned out to be damaged and are left out; the page Data names them.</source>
        <translation>
            <numerusform>%Ln 張圖片已損毀，已被排除；「資料」頁列出了它們。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>graft::PredictionView</name>
    <message>
        <source>Drop a picture here</source>
        <translation>把圖片拖放到這裡</translation>
    </message>
    <message>
        <source>The network says what it takes it for, with its five best guesses.</source>
        <translation>網路會說出它認為是什麼，並給出五個最有把握的答案。</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>選擇圖片…</translation>
    </message>
    <message>
        <source>Another picture…</source>
        <translation>換一張圖片…</translation>
    </message>
    <message>
        <source>The picture %1</source>
        <translation>圖片 %1</translation>
    </message>
    <message>
        <source>The most probable classes</source>
        <translation>最可能的類別</translation>
    </message>
    <message>
        <source>Looking at the picture</source>
        <translation>正在辨識圖片</translation>
    </message>
    <message>
        <source>The most probable classes of %1</source>
        <translation>%1最可能的類別</translation>
    </message>
</context>
<context>
    <name>graft::PreprocessingPanel</name>
    <message>
        <source>Preprocessing</source>
        <translation>預處理</translation>
    </message>
    <message>
        <source>How a picture becomes the network&apos;s input. It belongs to the weights and travels with them into every file.</source>
        <translation>圖片如何變成網路的輸入。它屬於權重，並隨權重寫入每個檔案。</translation>
    </message>
    <message>
        <source>ImageNet (PyTorch)</source>
        <translation>ImageNet (PyTorch)</translation>
    </message>
    <message>
        <source>Caffe: BGR, means taken away</source>
        <translation>Caffe：BGR，減去平均值</translation>
    </message>
    <message>
        <source>TensorFlow: from −1 to 1</source>
        <translation>TensorFlow：−1 到 1</translation>
    </message>
    <message>
        <source>None: from 0 to 1</source>
        <translation>無：0 到 1</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>自訂</translation>
    </message>
    <message>
        <source>Numbers…</source>
        <translation>數值…</translation>
    </message>
    <message>
        <source>Shows each number, to change it</source>
        <translation>顯示每個數值以便修改</translation>
    </message>
    <message>
        <source>Shorter side</source>
        <translation>短邊</translation>
    </message>
    <message>
        <source>A picture is first scaled until its shorter side has this many pixels; 0 scales it straight to the crop.</source>
        <translation>先縮放圖片，使短邊達到這個像素數；0 表示直接縮放到裁剪大小。</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>The square in the middle that the network sees.</source>
        <translation>網路看到的中央正方形。</translation>
    </message>
    <message>
        <source>Scaling</source>
        <translation>縮放方式</translation>
    </message>
    <message>
        <source>How pixels are blended when a picture is scaled.</source>
        <translation>縮放圖片時如何混合像素。</translation>
    </message>
    <message>
        <source>Channel order</source>
        <translation>通道順序</translation>
    </message>
    <message>
        <source>RGB for most networks, BGR for those that come from Caffe.</source>
        <translation>多數網路為 RGB，來自 Caffe 的網路為 BGR。</translation>
    </message>
    <message>
        <source> px</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>bilinear</source>
        <translation>雙線性</translation>
    </message>
    <message>
        <source>bicubic</source>
        <translation>雙三次</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>Taken from each channel, whose pixels run from 0 to 1, in the channel order.</source>
        <translation>按通道順序從各通道減去；像素取值 0 到 1。</translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation>標準差</translation>
    </message>
    <message>
        <source>What each channel is then divided by.</source>
        <translation>隨後各通道除以此數。</translation>
    </message>
    <message>
        <source>Shorter side to %1 px, middle %2 × %2 px</source>
        <translation>短邊縮放到 %1 像素，取中央 %2 × %2 像素</translation>
    </message>
    <message>
        <source>Scaled to %1 × %1 px</source>
        <translation>縮放到 %1 × %1 像素</translation>
    </message>
    <message>
        <source>%1; %2, mean %3, deviation %4</source>
        <translation>%1；%2，平均值 %3，標準差 %4</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰階</translation>
    </message>
</context>
<context>
    <name>graft::ProbabilityBars</name>
    <message>
        <source>&lt; %1</source>
        <translation>&lt; %1</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
</context>
<context>
    <name>graft::ProblemsView</name>
    <message>
        <source>this computer</source>
        <translation>這台電腦</translation>
    </message>
    <message>
        <source>Every layer is frozen, so training would change nothing; replace the head or train some layers.</source>
        <translation>所有層都已凍結，訓練不會有任何變化；請更換分類頭或解凍一些層。</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>問題</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>preprocessing</source>
        <translation>預處理</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>問題</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Fit the layer to its inputs</source>
        <translation>使該層與其輸入相符</translation>
    </message>
</context>
<context>
    <name>graft::ProjectController</name>
    <message>
        <source>&apos;%1&apos; is open in another Graft; close it there, or save what is open here under another name.</source>
        <translation>「%1」已在另一個 Graft 中開啟；請在那裡關閉，或將此處的內容另存為其他名稱。</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>正在開啟 %1</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>正在儲存 %1</translation>
    </message>
</context>
<context>
    <name>graft::RunController</name>
    <message>
        <source>Preparing the run</source>
        <translation>正在準備訓練</translation>
    </message>
    <message>
        <source>Opening the last run</source>
        <translation>正在開啟上一次訓練</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>訓練</translation>
    </message>
    <message>
        <source>The run was not started: the model or the pictures were changed meanwhile. Start it again.</source>
        <translation>訓練沒有開始：模型或圖片在此期間被更改了。請重新開始。</translation>
    </message>
</context>
<context>
    <name>graft::RunPanel</name>
    <message>
        <source>Ready to train.</source>
        <translation>可以開始訓練。</translation>
    </message>
    <message>
        <source>Measuring on the validation pictures…</source>
        <translation>正在用驗證圖片測量…</translation>
    </message>
    <message>
        <source>Training…</source>
        <translation>正在訓練…</translation>
    </message>
    <message>
        <source>Paused. The settings stay as they are until the run ends.</source>
        <translation>已暫停。訓練結束之前設定保持不變。</translation>
    </message>
    <message>
        <source>Stopping after this batch; a checkpoint is written…</source>
        <translation>這一批次之後停止；正在寫入檢查點…</translation>
    </message>
    <message>
        <source>Training has ended.</source>
        <translation>訓練已結束。</translation>
    </message>
    <message>
        <source>Training failed.</source>
        <translation>訓練失敗。</translation>
    </message>
    <message>
        <source>epoch %1 of %2</source>
        <translation>第 %1 輪，共 %2 輪</translation>
    </message>
    <message>
        <source>%1 · took %2</source>
        <translation>%1 · 用時 %2</translation>
    </message>
    <message>
        <source>%1 · estimating the time left</source>
        <translation>%1 · 正在估計剩餘時間</translation>
    </message>
    <message>
        <source>%1 · %2 left</source>
        <translation>%1 · 還剩 %2</translation>
    </message>
    <message>
        <source>Train again</source>
        <translation>再次訓練</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>訓練</translation>
    </message>
    <message>
        <source>Starts training with these settings.</source>
        <translation>用這些設定開始訓練。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>繼續</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暫停</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ends the run after this batch and keeps the best epoch&apos;s weights.</source>
        <translation>這一批次之後結束訓練，保留最佳輪的權重。</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>訓練進度</translation>
    </message>
    <message>
        <source>Best so far: %1 in epoch %2</source>
        <translation>目前最佳：%1（第 %2 輪）</translation>
    </message>
</context>
<context>
    <name>graft::ScheduleSketch</name>
    <message>
        <source>The learning rate over one epoch; at its highest %1.</source>
        <translation>一輪中的學習率；最高 %1。</translation>
    </message>
    <message numerus="yes">
        <source>The learning rate over %n epochs; at its highest %1.</source>
        <translation>
            <numerusform>%n 輪中的學習率；最高 %1。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>graft::Setting</name>
    <message>
        <source>SGD with momentum</source>
        <translation>帶動量的 SGD</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>恆定</translation>
    </message>
    <message>
        <source>In steps</source>
        <translation>階梯下降</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>餘弦</translation>
    </message>
    <message>
        <source>One cycle</source>
        <translation>單週期</translation>
    </message>
</context>
<context>
    <name>graft::StartPage</name>
    <message>
        <source>Graft</source>
        <translation>Graft</translation>
    </message>
    <message>
        <source>Give a trained network a new task, with your own pictures.</source>
        <translation>用您自己的圖片，讓訓練好的網路勝任新任務。</translation>
    </message>
    <message>
        <source>Open a model file…</source>
        <translation>開啟模型檔案…</translation>
    </message>
    <message>
        <source>PyTorch, safetensors, ONNX, TorchScript, torch.export or Keras</source>
        <translation>PyTorch、safetensors、ONNX、TorchScript、torch.export 或 Keras</translation>
    </message>
    <message>
        <source>Try it with what is built in</source>
        <translation>用內置內容試一試</translation>
    </message>
    <message>
        <source>A small trained network and a set of drawn pictures; nothing to download</source>
        <translation>一個訓練好的小網路和一組繪製的圖片；不需要下載</translation>
    </message>
    <message>
        <source>Go on with the last run</source>
        <translation>繼續上一次訓練</translation>
    </message>
    <message>
        <source>Training that was stopped or cut off goes on where it was</source>
        <translation>被停止或中斷的訓練從原處繼續</translation>
    </message>
    <message>
        <source>Opened lately</source>
        <translation>最近開啟</translation>
    </message>
    <message>
        <source>You can also drop a model file, a folder of pictures or a single picture anywhere on this window.</source>
        <translation>也可以把模型檔案、圖片資料夾或單張圖片拖放到視窗的任何位置。</translation>
    </message>
    <message>
        <source>Choose a pretrained network…</source>
        <translation>選擇預訓練網路…</translation>
    </message>
    <message>
        <source>Published ImageNet weights by accuracy, size and speed on this machine</source>
        <translation>已發布的 ImageNet 權重，按準確率、大小和本機速度比較</translation>
    </message>
</context>
<context>
    <name>graft::StepBar</name>
    <message>
        <source>not yet: a step before it is wanting</source>
        <translation>還不行：前面的步驟尚未完成</translation>
    </message>
    <message>
        <source>to be done</source>
        <translation>待完成</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>done, but something has changed since</source>
        <translation>已完成，但之後有改動</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>資料</translation>
    </message>
    <message>
        <source>Adapt</source>
        <translation>適配</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>訓練</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>評估</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>匯出</translation>
    </message>
</context>
<context>
    <name>graft::SurgeryPanel</name>
    <message>
        <source>Side of the input pictures (px)</source>
        <translation>輸入圖片的邊長（像素）</translation>
    </message>
    <message>
        <source>Pictures are brought to this height and width. Larger ones show more and cost more.</source>
        <translation>圖片會縮放到這個高和寬。越大看到的越多，開銷也越大。</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Set the side of the input pictures</source>
        <translation>設定輸入圖片的邊長</translation>
    </message>
    <message>
        <source>Channels of the input</source>
        <translation>輸入的通道數</translation>
    </message>
    <message>
        <source>3 for colour, 1 for grey pictures such as X-rays.</source>
        <translation>彩色為 3；X 光片等灰階圖片為 1。</translation>
    </message>
    <message>
        <source>Sum filters</source>
        <translation>濾波器求和</translation>
    </message>
    <message>
        <source>Average filters</source>
        <translation>濾波器取平均</translation>
    </message>
    <message>
        <source>What becomes of the first convolution&apos;s filters</source>
        <translation>第一個卷積的濾波器如何處理</translation>
    </message>
    <message>
        <source>What becomes of the first convolution&apos;s filters. Their sum over the colours keeps what grey pictures gave before; their mean is weaker.</source>
        <translation>第一個卷積的濾波器如何處理。對顏色求和可保持灰階圖片原有的結果；取平均則較弱。</translation>
    </message>
    <message>
        <source>Set the channels of the input</source>
        <translation>設定輸入的通道數</translation>
    </message>
    <message>
        <source>Activation to replace</source>
        <translation>要取代的啟動函數</translation>
    </message>
    <message>
        <source>Activation to put in its place</source>
        <translation>換成的啟動函數</translation>
    </message>
    <message>
        <source>In the chosen layers when there are such among them, otherwise in the whole network.</source>
        <translation>若所選的層中有，則只取代其中的；否則取代整個網路中的。</translation>
    </message>
    <message>
        <source>Adapters for the chosen layers</source>
        <translation>所選層的適配器</translation>
    </message>
    <message>
        <source>Few new weights learn beside frozen ones: little memory, and the old network stays as it is.</source>
        <translation>少量新權重在凍結的權重旁學習：記憶體佔用少，原網路保持不變。</translation>
    </message>
    <message>
        <source>LoRA, beside the layer</source>
        <translation>LoRA，與層並聯</translation>
    </message>
    <message>
        <source>Bottleneck, behind the layer</source>
        <translation>瓶頸，接在層後</translation>
    </message>
    <message>
        <source>Kind of adapter</source>
        <translation>適配器類型</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Rank of the adapters</source>
        <translation>適配器的秩</translation>
    </message>
    <message>
        <source>How many features the adapter has in between: more learn more and cost more.</source>
        <translation>適配器中間的特徵數：越多學得越多，開銷也越大。</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Alpha of the adapters</source>
        <translation>適配器的 Alpha</translation>
    </message>
    <message>
        <source>The branch counts alpha / rank times.</source>
        <translation>支路按 alpha / 秩 的倍數計入。</translation>
    </message>
    <message>
        <source>Merge LoRA into the weights</source>
        <translation>將 LoRA 合併到權重中</translation>
    </message>
    <message>
        <source>Folds each branch into the layer beside it; the answers stay.</source>
        <translation>把每條支路並入旁邊的層；結果不變。</translation>
    </message>
    <message>
        <source>Add to the chosen layers</source>
        <translation>新增到所選的層</translation>
    </message>
    <message>
        <source>Add to 1 chosen layer</source>
        <translation>新增到 1 個所選的層</translation>
    </message>
    <message numerus="yes">
        <source>Add to %n chosen layers</source>
        <translation>
            <numerusform>新增到 %n 個所選的層</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose Linear or Conv2d layers, or blocks that hold some. They are frozen then; the adapters learn.</source>
        <translation>請選擇 Linear 或 Conv2d 層，或包含它們的區塊。這些層會被凍結，由適配器學習。</translation>
    </message>
    <message>
        <source>Cut here and put this head on</source>
        <translation>在此截斷並接上這個分類頭</translation>
    </message>
    <message>
        <source>Choose a layer or block; the network can end behind it, with the head from above.</source>
        <translation>請選擇層或區塊；網路可以在它之後結束，並接上方的分類頭。</translation>
    </message>
    <message>
        <source>Cut behind %1</source>
        <translation>在 %1 之後截斷</translation>
    </message>
    <message>
        <source>Takes away %1 behind it and puts the head from above there (%2 parameters).</source>
        <translation>移除其後的 %1，並接上方的分類頭（%2 個參數）。</translation>
    </message>
    <message>
        <source>1 layer</source>
        <translation>1 個層</translation>
    </message>
    <message numerus="yes">
        <source>%n layers</source>
        <translation>
            <numerusform>%n 個層</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>layer type (how many)</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Swap activations</source>
        <translation>取代啟動函數</translation>
    </message>
    <message>
        <source>Adapters (LoRA, bottleneck)</source>
        <translation>轉接器（LoRA、瓶頸）</translation>
    </message>
    <message>
        <source>Input: size, channels</source>
        <translation>輸入：大小、通道</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>啟用函數</translation>
    </message>
    <message>
        <source>Cut the network</source>
        <translation>截斷網路</translation>
    </message>
</context>
<context>
    <name>graft::TensorTable</name>
    <message>
        <source>%L1 elements are not finite (NaN or infinite) and left out of these figures.</source>
        <translation>%L1 個元素不是有限數（NaN 或無窮大），未計入這些統計。</translation>
    </message>
    <message>
        <source>Weight statistics</source>
        <translation>權重統計</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>張量</translation>
    </message>
    <message>
        <source>Min</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>Std</source>
        <translation>標準差</translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>零佔比</translation>
    </message>
</context>
<context>
    <name>graft::TrainingPanel</name>
    <message>
        <source>Run</source>
        <translation>執行</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>學習</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>學習率計劃</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>機器</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>輪數</translation>
    </message>
    <message>
        <source>How often training goes through all training pictures. 5 to 20 are usual for a new head.</source>
        <translation>訓練把所有訓練圖片看多少遍。新分類頭通常 5 到 20 輪。</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批次大小</translation>
    </message>
    <message>
        <source>Pictures that are looked at before the weights are changed once. Larger is steadier and needs more memory.</source>
        <translation>每更新一次權重所看的圖片數。越大越平穩，也需要越多記憶體。</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>驗證</translation>
    </message>
    <message>
        <source>Share of the pictures of each class that is kept from training, to measure what was learned on pictures never seen.</source>
        <translation>每個類別中不參與訓練的圖片比例，用來在沒見過的圖片上衡量學習效果。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>隨機種子</translation>
    </message>
    <message>
        <source>Starts all chance. The same seed with the same settings gives the same numbers again.</source>
        <translation>決定所有隨機過程。相同的種子加相同的設定會得到相同的數值。</translation>
    </message>
    <message>
        <source> %</source>
        <comment>percent, after a number</comment>
        <translation> %</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>最佳化器</translation>
    </message>
    <message>
        <source>The rule that changes the weights. SGD with momentum is the classic; Adam and AdamW need less tuning.</source>
        <translation>更新權重的規則。帶動量的 SGD 是經典選擇；Adam 和 AdamW 需要的調節較少。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>學習率</translation>
    </message>
    <message>
        <source>How big a step each change is. 0.001 to 0.01 suits a new head; ten times less suits a whole network. The loss jumps about when it is too high.</source>
        <translation>每次更新的步子有多大。新分類頭適合 0.001 到 0.01；整個網路適合再小十倍。過大時損失會來回跳動。</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>動量</translation>
    </message>
    <message>
        <source>How much of the last steps&apos; direction is kept, so that small bumps are rolled over. 0.9 is usual.</source>
        <translation>保留多少之前的方向，以便越過小的起伏。通常為 0.9。</translation>
    </message>
    <message>
        <source>Looks ahead along the momentum before it computes the next step; often a little faster.</source>
        <translation>計算下一步之前先沿動量方向向前看；通常略快一些。</translation>
    </message>
    <message>
        <source>Nesterov momentum</source>
        <translation>Nesterov 動量</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>權重衰減</translation>
    </message>
    <message>
        <source>Pulls the weights gently towards zero, against learning the pictures by heart. 0.0001 is usual; 0 turns it off.</source>
        <translation>把權重輕輕拉向零，避免死記圖片。通常為 0.0001；0 表示關閉。</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>標籤平滑</translation>
    </message>
    <message>
        <source>How little a label is trusted: with 10 % the network need not be quite sure, which helps when some labels are wrong.</source>
        <translation>對標籤的不信任程度：設為 10 % 時網路不必十分肯定，有些標籤有誤時會有幫助。</translation>
    </message>
    <message>
        <source>How the learning rate moves during the run: large steps first, small ones at the end usually give the best result.</source>
        <translation>學習率在訓練中如何變化：先大步、後小步通常效果最好。</translation>
    </message>
    <message>
        <source>Drop every</source>
        <translation>每隔多少輪下降</translation>
    </message>
    <message>
        <source>Epochs after which the learning rate drops.</source>
        <translation>學習率每隔多少輪下降一次。</translation>
    </message>
    <message>
        <source>Drop to</source>
        <translation>下降到</translation>
    </message>
    <message>
        <source>What the learning rate is multiplied with at each drop. 0.1 makes it ten times smaller.</source>
        <translation>每次下降時學習率乘以的數。0.1 表示縮小到十分之一。</translation>
    </message>
    <message>
        <source>Rising part</source>
        <translation>上升部分</translation>
    </message>
    <message>
        <source>Share of the run in which the learning rate rises before it falls.</source>
        <translation>學習率先升後降，上升階段佔整個訓練的比例。</translation>
    </message>
    <message>
        <source> epochs</source>
        <comment>after a number</comment>
        <translation> 輪</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>裝置</translation>
    </message>
    <message>
        <source>What computes: the processor, or a graphics card, which is many times faster.</source>
        <translation>用什麼計算：處理器，或者快很多倍的顯示卡。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Full (fp32)</source>
        <translation>全精度 (fp32)</translation>
    </message>
    <message>
        <source>Half (bf16)</source>
        <translation>半精度 (bf16)</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>device, its memory</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>the data&apos;s own</source>
        <translation>資料自帶</translation>
    </message>
    <message>
        <source>CPU, 1 thread</source>
        <translation>CPU，1 個執行緒</translation>
    </message>
    <message numerus="yes">
        <source>CPU, %n threads</source>
        <translation>
            <numerusform>CPU，%n 個執行緒</numerusform>
        </translation>
    </message>
    <message>
        <source>How exactly numbers are kept while training, judging and predicting. Automatic takes bf16, which is faster and needs less memory, on graphics cards and on processors made for it, and full precision elsewhere. With bf16 a picture on the edge between two classes may fall on the other side.</source>
        <translation>訓練、評估和預測時數值保留的精細程度。「自動」在顯示卡和支援 bf16 的處理器上使用 bf16，速度更快、更省記憶體，在其他裝置上使用全精度。使用 bf16 時，介於兩個類別之間的圖片可能會被判到另一邊。</translation>
    </message>
</context>
<context>
    <name>graft::Workbench</name>
    <message>
        <source>Opening %1</source>
        <translation>正在開啟 %1</translation>
    </message>
    <message>
        <source>Looking through %1</source>
        <translation>正在查看 %1</translation>
    </message>
    <message>
        <source>Freeze everything before %1</source>
        <translation>凍結 %1 之前的所有層</translation>
    </message>
    <message>
        <source>Train everything</source>
        <translation>訓練全部</translation>
    </message>
    <message>
        <source>Freeze all but the head</source>
        <translation>只留分類頭，其餘凍結</translation>
    </message>
    <message>
        <source>Replacing the head</source>
        <translation>正在更換分類頭</translation>
    </message>
    <message>
        <source>Replace the head</source>
        <translation>更換分類頭</translation>
    </message>
    <message>
        <source>Judging the model</source>
        <translation>正在評估模型</translation>
    </message>
    <message>
        <source>There is no model yet; open one first.</source>
        <translation>還沒有模型；請先開啟一個。</translation>
    </message>
    <message>
        <source>Looking at %1</source>
        <translation>正在辨識 %1</translation>
    </message>
    <message>
        <source>Writing and checking %1</source>
        <translation>正在寫入並檢查 %1</translation>
    </message>
    <message>
        <source>The head was not replaced: the model was changed meanwhile. Replace it again.</source>
        <translation>分類頭沒有更換：模型在此期間被更改了。請再替換一次。</translation>
    </message>
</context>
<context>
    <name>graft::attributetext</name>
    <message>
        <source>From %1 to %2.</source>
        <translation>從 %1 到 %2。</translation>
    </message>
    <message>
        <source>At least %1.</source>
        <translation>至少 %1。</translation>
    </message>
    <message>
        <source>At most %1.</source>
        <translation>至多 %1。</translation>
    </message>
    <message>
        <source>Default: %1.</source>
        <translation>預設值：%1。</translation>
    </message>
</context>
<context>
    <name>graft::compare</name>
    <message>
        <source>added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>renamed</source>
        <translation>已重新命名</translation>
    </message>
    <message>
        <source>type</source>
        <translation>類型</translation>
    </message>
    <message>
        <source>takes</source>
        <translation>輸入</translation>
    </message>
    <message>
        <source>learning rate factor</source>
        <translation>學習率倍數</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新</translation>
    </message>
    <message>
        <source>The layers are the same.</source>
        <translation>各層相同。</translation>
    </message>
    <message>
        <source>Layers: %1 added, %2 removed, %3 changed.</source>
        <translation>層：新增 %1，移除 %2，更改 %3。</translation>
    </message>
    <message>
        <source>The weights are equal, number for number.</source>
        <translation>權重逐數相同。</translation>
    </message>
    <message>
        <source>Weights changed in %1 of %2 layers that have some, most in %3 (%4).</source>
        <translation>有權重的 %2 個層中有 %1 個的權重有變化，變化最大的是 %3（%4）。</translation>
    </message>
    <message>
        <source>The preprocessing is different.</source>
        <translation>預處理不同。</translation>
    </message>
    <message>
        <source>The classes are different.</source>
        <translation>類別不同。</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>凍結</translation>
    </message>
    <message>
        <source>The weights of 1 layer have another shape.</source>
        <translation>1 個層的權重形狀不同。</translation>
    </message>
</context>
<context>
    <name>graft::layertext</name>
    <message>
        <source>stride %1</source>
        <translation>步幅 %1</translation>
    </message>
    <message>
        <source>dilation %1</source>
        <translation>膨脹 %1</translation>
    </message>
    <message>
        <source>depthwise</source>
        <translation>逐通道</translation>
    </message>
    <message>
        <source>%1 groups</source>
        <translation>%1 組</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>到 %1</translation>
    </message>
    <message>
        <source>%1 layer</source>
        <translation>%1 個層</translation>
    </message>
    <message>
        <source>%1 layers</source>
        <translation>%1 個層</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>卷積</translation>
    </message>
    <message>
        <source>Normalization</source>
        <translation>正規化</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>啟動函數</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>線性</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合併</translation>
    </message>
    <message>
        <source>Regularization</source>
        <translation>正則化</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形狀</translation>
    </message>
    <message>
        <source>Element-wise</source>
        <translation>逐元素</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>參數</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>輸入</translation>
    </message>
</context>
<context>
    <name>graft::marks</name>
    <message>
        <source>%1 more problems</source>
        <translation>還有 %1 個問題</translation>
    </message>
    <message>
        <source>Frozen BatchNorm in here uses its running statistics</source>
        <translation>其中凍結的 BatchNorm 使用其累積統計量</translation>
    </message>
    <message>
        <source>Uses its running statistics; training does not change them</source>
        <translation>使用其累積統計量；訓練不會改變它們</translation>
    </message>
    <message>
        <source>Takes the statistics of each batch while training</source>
        <translation>訓練時使用每個批次的統計量</translation>
    </message>
    <message>
        <source>Learning rate × %1</source>
        <translation>學習率 × %1</translation>
    </message>
</context>
<context>
    <name>graft::overlay</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 微秒</translation>
    </message>
    <message>
        <source>Frozen or trainable</source>
        <translation>凍結或可訓練</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>參數</translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation>乘加次數</translation>
    </message>
    <message>
        <source>Activation memory</source>
        <translation>啟動值記憶體</translation>
    </message>
    <message>
        <source>Measured time</source>
        <translation>實測時間</translation>
    </message>
    <message>
        <source>Weight drift</source>
        <translation>權重漂移</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度範數</translation>
    </message>
    <message>
        <source>Numbers that training can change</source>
        <translation>訓練可以改變的數的個數</translation>
    </message>
    <message>
        <source>MACs for one picture</source>
        <translation>一張圖片的 MAC 數</translation>
    </message>
    <message>
        <source>Bytes of the output for one picture</source>
        <translation>一張圖片的輸出位元組數</translation>
    </message>
    <message>
        <source>Seconds in the layer</source>
        <translation>該層所用的秒數</translation>
    </message>
    <message>
        <source>Length of the change since loading</source>
        <translation>載入以來變化的長度</translation>
    </message>
    <message>
        <source>Change since loading, share of the weights</source>
        <translation>載入以來的變化佔權重的比例</translation>
    </message>
    <message>
        <source>Length of the gradient</source>
        <translation>梯度的長度</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>尚未測量</translation>
    </message>
    <message>
        <source>Not compared yet</source>
        <translation>尚未比較</translation>
    </message>
    <message>
        <source>Comes while training</source>
        <translation>訓練時顯示</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>尚不清楚</translation>
    </message>
    <message>
        <source>Measure now</source>
        <translation>立即測量</translation>
    </message>
    <message>
        <source>Compare now</source>
        <translation>立即比較</translation>
    </message>
    <message>
        <source>Train now</source>
        <translation>立即訓練</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>graft::text</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小時 %2 分</translation>
    </message>
    <message>
        <source>&lt; %1 %</source>
        <translation>&lt; %1 %</translation>
    </message>
    <message>
        <source>&gt; %1 %</source>
        <translation>&gt; %1 %</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Give a trained network a new task, with your own pictures.</source>
        <translation>用您自己的圖片，讓訓練好的網路勝任新任務。</translation>
    </message>
    <message>
        <source>A folder of class folders to open.</source>
        <translation>要開啟的資料夾，其中每個類別一個資料夾。</translation>
    </message>
    <message>
        <source>The look: system, light or dark.</source>
        <translation>外觀：system、light 或 dark。</translation>
    </message>
    <message>
        <source>The language: en, zh_CN or zh_TW.</source>
        <translation>語言：en、zh_CN 或 zh_TW。</translation>
    </message>
    <message>
        <source>Print the time until the window can be used, then quit.</source>
        <translation>顯示視窗可用之前所需的時間，然後結束。</translation>
    </message>
    <message>
        <source>A model file or a project to open.</source>
        <translation>要開啟的模型檔案或專案。</translation>
    </message>
</context>
</TS>
