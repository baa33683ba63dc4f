using System.Text.Json.Nodes;

namespace Waybill.Simulation.Cluster.Api;

/// <summary>The objects of a simulated API server in a file, so that a demo goes on where it was after a restart.</summary>
internal sealed class ObjectFile(string path)
{
    /// <summary>What was written last; null when there is no file yet.</summary>
    public (IReadOnlyList<(string Plural, JsonObject Object)> Objects, long Version)? Read()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var root = JsonNode.Parse(File.ReadAllText(path))!;
        return ([.. root["objects"]!.AsArray().Select(o => ((string)o!["plural"]!, (JsonObject)o["object"]!.DeepClone()))], (long)root["version"]!);
    }

    /// <summary>Replaces the file in one step: whoever is killed in between finds the one before.</summary>
    public void Write(IEnumerable<(string Plural, JsonObject Object)> objects, long version)
    {
        var root = new JsonObject
        {
            ["version"] = version,
            ["objects"] = new JsonArray([.. objects.Select(o => new JsonObject { ["plural"] = o.Plural, ["object"] = o.Object.DeepClone() })]),
        };
        File.WriteAllText($"{path}.new", root.ToJsonString());
        File.Move($"{path}.new", path, overwrite: true);
    }
}
