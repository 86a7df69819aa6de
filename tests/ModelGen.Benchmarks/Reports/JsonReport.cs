using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ModelGen.Benchmarks.Reports;

/// <summary>A JSON object a line, written at once: a run that is interrupted keeps what it had.</summary>
internal sealed class JsonReport(TextWriter output) : IReport
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public void Add(ResultLine line)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Options))
        {
            json.WriteStartObject();
            foreach (var (name, value) in line.Values())
                Write(json, name, value);
            json.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(text.ToArray()));
        output.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => output.Flush();

    static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case bool truth:
                json.WriteBoolean(name, truth);
                break;
            case int whole:
                json.WriteNumber(name, whole);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            case IReadOnlyDictionary<string, string> texts:
                json.WriteStartObject(name);
                foreach (var (key, text) in texts)
                    json.WriteString(key, text);
                json.WriteEndObject();
                break;
            default:
                json.WriteString(name, value.ToString());
                break;
        }
    }
}
