// SPDX-License-Identifier: GPL-2.0-only
#include "bpf_buffer.h"

#include "bpf_sys.h"

static int create_map(union bpf_attr *attr, const char *name)
{
	strncpy(attr->map_name, name, sizeof(attr->map_name) - 1);
	attr->key_size = sizeof(uint32_t);
	return bpf_sys(BPF_MAP_CREATE, attr, BPF_ATTR_SIZE(map_extra));
}

int bpf_buffer_create(uint32_t chunks, uint32_t chunk_size)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.map_type = BPF_MAP_TYPE_ARRAY;
	attr.value_size = chunk_size;
	attr.max_entries = chunks;
	attr.map_flags = BPF_F_MMAPABLE | BPF_F_INNER_MAP;
	return create_map(&attr, "buffer");
}

int bpf_buffer_create_outer(int inner_fd)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.map_type = BPF_MAP_TYPE_ARRAY_OF_MAPS;
	attr.value_size = sizeof(uint32_t);
	attr.max_entries = 1;
	attr.inner_map_fd = inner_fd;
	return create_map(&attr, "buffers");
}

int bpf_buffer_put(int outer_fd, int fd)
{
	union bpf_attr attr;
	uint32_t zero = 0;

	memset(&attr, 0, sizeof(attr));
	attr.map_fd = outer_fd;
	attr.key = bpf_ptr(&zero);
	attr.value = bpf_ptr(&fd);
	return bpf_sys(BPF_MAP_UPDATE_ELEM, &attr, BPF_ATTR_SIZE(flags));
}

int bpf_buffer_get(int outer_fd, uint32_t *chunks)
{
	struct bpf_map_info info;
	uint32_t zero = 0, id = 0;
	union bpf_attr attr;
	int fd;

	memset(&attr, 0, sizeof(attr));
	attr.map_fd = outer_fd;
	attr.key = bpf_ptr(&zero);
	attr.value = bpf_ptr(&id);
	if (bpf_sys(BPF_MAP_LOOKUP_ELEM, &attr, BPF_ATTR_SIZE(flags)))
		return -1;
	memset(&attr, 0, sizeof(attr));
	attr.map_id = id;
	fd = bpf_sys(BPF_MAP_GET_FD_BY_ID, &attr, BPF_ATTR_SIZE(open_flags));
	if (fd < 0)
		return -1;
	memset(&info, 0, sizeof(info));
	memset(&attr, 0, sizeof(attr));
	attr.info.bpf_fd = fd;
	attr.info.info_len = sizeof(info);
	attr.info.info = bpf_ptr(&info);
	if (bpf_sys(BPF_OBJ_GET_INFO_BY_FD, &attr, BPF_ATTR_SIZE(info))) {
		close(fd);
		return -1;
	}
	*chunks = info.max_entries;
	return fd;
}
