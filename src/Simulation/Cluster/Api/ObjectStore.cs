using System.Globalization;
using System.Text.Json.Nodes;

namespace Waybill.Simulation.Cluster.Api;

/// <summary>
/// The API server's objects, in memory, with the rules of custom resources: every change gets a new version, only a change of
/// the spec a new generation (where the status is a subresource), and a write against a stale version is refused.
/// </summary>
internal sealed class ObjectStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(string Plural, string Namespace, string Name), JsonObject> _objects = [];
    private readonly WatchLog _log = new();
    private readonly TimeProvider _time;
    private readonly ObjectFile? _file;
    private long _version;

    /// <param name="time">The clock.</param>
    /// <param name="file">Where the objects survive the process; null to keep them in memory only.</param>
    public ObjectStore(TimeProvider time, ObjectFile? file)
    {
        (_time, _file) = (time, file);
        var (objects, version) = file?.Read() ?? ([], 1000);
        _version = version;
        foreach (var (plural, item) in objects)
        {
            _objects[(plural, (string)Metadata(item)["namespace"]!, (string)Metadata(item)["name"]!)] = item;
        }
    }

    public WatchLog Log => _log;

    public JsonObject Get(ResourceKind kind, string @namespace, string name)
    {
        lock (_gate)
        {
            return Clone(Find(kind, @namespace, name));
        }
    }

    public (List<JsonObject> Items, long Version) List(ResourceKind kind, string? @namespace)
    {
        lock (_gate)
        {
            var found = _objects.Where(o => o.Key.Plural == kind.Plural && (@namespace is null || o.Key.Namespace == @namespace));
            return ([.. found.Select(o => Clone(o.Value))], _version);
        }
    }

    public JsonObject Create(ResourceKind kind, string @namespace, JsonObject wanted)
    {
        var created = Clone(wanted);
        created["apiVersion"] = kind.ApiVersion;
        created["kind"] = kind.Kind;
        if (kind.HasStatusSubresource)
        {
            created.Remove("status");
        }

        var metadata = Metadata(created);
        var name = metadata["name"]?.GetValue<string>()
            ?? throw ApiFailure.Invalid(kind, "", "metadata.name: Required value: name or generateName is required");
        metadata["namespace"] = @namespace;
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Now();
        metadata["generation"] = 1L;
        metadata.Remove("deletionTimestamp");
        kind.Validate(name, created);
        lock (_gate)
        {
            if (!_objects.TryAdd((kind.Plural, @namespace, name), created))
            {
                throw ApiFailure.AlreadyExists(kind, name);
            }

            return Publish("ADDED", kind, @namespace, created);
        }
    }

    /// <summary>Changes an object, or only its status; the function gets a copy and returns what is wanted.</summary>
    public JsonObject Change(ResourceKind kind, string @namespace, string name, bool onlyStatus, Func<JsonObject, JsonObject> change)
    {
        lock (_gate)
        {
            var current = Find(kind, @namespace, name);
            var wanted = change(Clone(current));
            if (Metadata(wanted)["resourceVersion"]?.GetValue<string>() != Metadata(current)["resourceVersion"]!.GetValue<string>())
            {
                throw ApiFailure.Conflict(kind, name);
            }

            var next = onlyStatus ? With(current, "status", wanted["status"]) : WithNewSpec(kind, current, wanted);
            if (JsonNode.DeepEquals(next, current))
            {
                return Clone(current);
            }

            kind.Validate(name, next);
            return Store(kind, @namespace, name, next);
        }
    }

    /// <summary>Deletes an object; with finalizers it is only marked, and goes when the last of them is removed.</summary>
    public JsonObject Delete(ResourceKind kind, string @namespace, string name)
    {
        lock (_gate)
        {
            var next = Clone(Find(kind, @namespace, name));
            var metadata = Metadata(next);
            if (metadata["deletionTimestamp"] is null)
            {
                metadata["deletionTimestamp"] = Now();
                metadata["generation"] = Generation(next) + 1;
            }

            return Store(kind, @namespace, name, next);
        }
    }

    private JsonObject Store(ResourceKind kind, string @namespace, string name, JsonObject next)
    {
        if (Metadata(next)["deletionTimestamp"] is not null && Metadata(next)["finalizers"] is not JsonArray { Count: > 0 })
        {
            _objects.Remove((kind.Plural, @namespace, name));
            return Publish("DELETED", kind, @namespace, next);
        }

        _objects[(kind.Plural, @namespace, name)] = next;
        return Publish("MODIFIED", kind, @namespace, next);
    }

    private JsonObject Publish(string type, ResourceKind kind, string @namespace, JsonObject changed)
    {
        Metadata(changed)["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
        _log.Add(new WatchEvent(_version, type, kind.Plural, @namespace, Clone(changed)));
        _file?.Write(_objects.Select(o => (o.Key.Plural, o.Value)), _version);
        return Clone(changed);
    }

    private JsonObject Find(ResourceKind kind, string @namespace, string name) =>
        _objects.TryGetValue((kind.Plural, @namespace, name), out var found) ? found : throw ApiFailure.NotFound(kind, name);

    private static JsonObject WithNewSpec(ResourceKind kind, JsonObject current, JsonObject wanted)
    {
        var next = kind.HasStatusSubresource ? With(wanted, "status", current["status"]) : wanted;
        foreach (var owned in new[] { "name", "namespace", "uid", "creationTimestamp", "generation", "deletionTimestamp", "resourceVersion" })
        {
            next["metadata"] = With(Metadata(next), owned, Metadata(current)[owned]);
        }

        // Without a status subresource every change but one of the metadata is a new generation.
        var isNew = kind.HasStatusSubresource
            ? !JsonNode.DeepEquals(next["spec"], current["spec"])
            : !JsonNode.DeepEquals(With(next, "metadata", null), With(current, "metadata", null));
        if (isNew)
        {
            Metadata(next)["generation"] = Generation(current) + 1;
        }

        return next;
    }

    private static JsonObject With(JsonObject parent, string name, JsonNode? value)
    {
        var copy = Clone(parent);
        copy.Remove(name);
        if (value is not null)
        {
            copy[name] = value.DeepClone();
        }

        return copy;
    }

    private static JsonObject Metadata(JsonObject resource)
    {
        if (resource["metadata"] is not JsonObject metadata)
        {
            resource["metadata"] = metadata = [];
        }

        return metadata;
    }

    private static long Generation(JsonObject resource) => resource["metadata"]!["generation"]!.GetValue<long>();

    private static JsonObject Clone(JsonObject resource) => (JsonObject)resource.DeepClone();

    private string Now() => _time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
