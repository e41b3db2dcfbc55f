-- Run once in each of the schemas intake and report. ${text} compares byte by byte; bytea   holds any number of bytes.

create sequence resource_pk start with 1 increment by 1000;

-- The current version of every resource. A deletion is a version without subject and with an empty body.
create table resource (
  pk            bigint  not null primary key,
  partition_key ${text} not null,
  type          ${text} not null,
  id            ${text} not null,
  version       bigint  not null,
  stored        bigint  not null, -- milliseconds since 1970-01-01T00:00Z
  deleted       boolean not null,
  subject       ${text},
  hash          bytea   not null, -- SHA-256 of the body
  index_hash    bytea   not null, -- SHA-256 of its rows in resource_index
  body          bytea   not null,
  source_time   ${text},          -- meta.lastUpdated of its source in UTC; a deletion keeps that of what it deleted
  last_version  bigint  not null, -- the highest version; a late one stands in the history above the current one
  last_stored   bigint  not null, -- when that was stored
  constraint resource_key unique (type, partition_key, id)
);
create index resource_by_subject on resource (partition_key, subject, type, id);
create index resource_by_stored on resource (type, stored);

-- Every version that is no longer current, or came too late to be.
create table resource_history (
  pk      bigint  not null,
  version bigint  not null,
  stored  bigint  not null,
  deleted boolean not null,
  hash    bytea   not null, -- SHA-256 of the body
  body    bytea   not null,
  primary key (pk, version)
);

-- The values under which current, undeleted resources are found.
create table resource_index (
  resource_pk bigint  not null,
  type        ${text} not null,
  parameter   ${text} not null,
  low         ${text} not null,
  high        ${text} not null
);
create index resource_index_by_resource on resource_index (resource_pk);
create index resource_index_by_low on resource_index (type, parameter, low, resource_pk);
create index resource_index_by_high on resource_index (type, parameter, high, resource_pk);
