using System.Text;
using Waybill.Manifests.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Waybill.Manifests.Yaml;

/// <summary>Reads the documents of a file. What cannot be read is reported; the documents before it still count.</summary>
internal static class YamlFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IReadOnlyList<Node> Read(ManifestFile file, ProblemList problems)
    {
        var documents = new List<Node>();
        if (Decode(file, problems) is not { } text)
        {
            return documents;
        }

        try
        {
            ReadInto(documents, text, file.Path, problems);
        }
        catch (YamlException broken)
        {
            problems.Unreadable(
                new Place(file.Path, (int)broken.Start.Line, (int)broken.Start.Column, ""), $"not valid YAML: {Reason(broken)}");
        }
        catch (YamlLimitException limit)
        {
            problems.Unreadable(new Place(file.Path, limit.Line, limit.Column, ""), limit.Message);
        }

        return documents;
    }

    private static void ReadInto(List<Node> documents, string text, string path, ProblemList problems)
    {
        var parser = new GuardedParser(text);
        parser.Consume<StreamStart>();
        while (!parser.Accept<StreamEnd>(out _))
        {
            var start = parser.Consume<DocumentStart>();
            if (documents.Count == ManifestLimits.MaxDocuments)
            {
                throw new YamlLimitException(
                    (int)start.Start.Line, (int)start.Start.Column, $"more than {ManifestLimits.MaxDocuments} documents in one file");
            }

            documents.Add(new NodeComposer(parser, path, problems).Compose());
            parser.Consume<DocumentEnd>();
        }
    }

    private static string? Decode(ManifestFile file, ProblemList problems)
    {
        if (file.Content.Length > ManifestLimits.MaxFileBytes)
        {
            problems.Unreadable(Place.WholeFile(file.Path), $"larger than {ManifestLimits.MaxFileBytes / 1024} KiB: split the file");
            return null;
        }

        try
        {
            return StrictUtf8.GetString(file.Content.Span).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            problems.Unreadable(Place.WholeFile(file.Path), "not UTF-8 text: save the file in that encoding");
            return null;
        }
    }

    // YamlDotNet's message is "(Line: 1, Col: 2, Idx: 3) - (Line: …): what is wrong", and the place is ours to say.
    private static string Reason(YamlException broken)
    {
        var message = broken.Message;
        var end = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        return end < 0 ? message : message[(end + 3)..];
    }
}
