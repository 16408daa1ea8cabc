// node run_tfjs.js FOLDER: runs the Keras models FOLDER/*/tfjs.json (see make_keras.py) in TensorFlow.js and prints, a line for each,
// "<case>\t[probabilities]".
const fs = require('fs');
const path = require('path');

const tf = require('@tensorflow/tfjs-core');
require('@tensorflow/tfjs-backend-cpu');
const layers = require('@tensorflow/tfjs-layers');

function bytes(text) {
  const buffer = Buffer.from(text, 'base64');
  return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);
}

async function run(name, file) {
  const content = JSON.parse(fs.readFileSync(file));
  const source = {load: async () => ({modelTopology: content.topology, weightSpecs: content.specs, weightData: bytes(content.data)})};
  const model = await layers.loadLayersModel(source);
  const picture = tf.tensor(new Float32Array(bytes(content.input)), content.shape);
  console.log(name + '\t' + JSON.stringify(Array.from(model.predict(picture).dataSync())));
}

async function main() {
  await tf.setBackend('cpu');
  for (const name of fs.readdirSync(process.argv[2])) {
    const file = path.join(process.argv[2], name, 'tfjs.json');
    if (fs.existsSync(file)) await run(name, file);
  }
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
