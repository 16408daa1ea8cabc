// Runs ONNX files with onnxruntime: the arguments are triples of model, input (raw numbers) and output (raw float32), each with a first
// argument that is the input's type and shape: "float32:2,3,224,224".
const fs = require('fs');
const ort = require('onnxruntime-node');

async function run(form, model, input, output) {
    const [type, sizes] = form.split(':');
    const bytes = fs.readFileSync(input);
    const numbers = type === 'uint8' ? new Uint8Array(bytes) : new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    const session = await ort.InferenceSession.create(model, {logSeverityLevel: 3});
    const answers = await session.run({[session.inputNames[0]]: new ort.Tensor(type, numbers, sizes.split(',').map(Number))});
    const answer = answers[session.outputNames[0]];
    fs.writeFileSync(output, Buffer.from(answer.data.buffer, answer.data.byteOffset, answer.data.byteLength));
}

(async () => {
    const jobs = process.argv.slice(2);
    for (let i = 0; i + 3 < jobs.length; i += 4) {
        try {
            await run(jobs[i], jobs[i + 1], jobs[i + 2], jobs[i + 3]);
        } catch (error) {
            console.error(jobs[i + 1] + ': ' + error.message);
        }
    }
})();
